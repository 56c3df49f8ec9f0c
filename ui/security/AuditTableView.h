// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/security/AuditModel.h"

#include <QTableView>

namespace naru::ui {

// The log as rows: fixed widths, painted cells, so that ten thousand rows scroll as one does. Letters are left to the page. UI thread; child of
// the page.
class AuditTableView : public QTableView {
    Q_OBJECT
public:
    explicit AuditTableView(models::AuditModel& model, QWidget* parent = nullptr);
    void retranslate();
    const AuditLine* current() const;

Q_SIGNALS:
    void endNear();
    void topShown(bool shown);
    void chosen();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    models::AuditModel& m_model;
};

} // namespace naru::ui
