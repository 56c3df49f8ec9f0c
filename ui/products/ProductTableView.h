// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/products/ProductListModel.h"

#include <QTableView>
#include <QTimer>

namespace naru::ui {

// The products list as rows; the head sorts on the server. UI thread; owned by ProductsPage.
class ProductTableView : public QTableView {
    Q_OBJECT
public:
    ProductTableView(models::ProductListModel& model, const Clock& clock, QWidget* parent = nullptr);
    ProductId currentId() const;
    bool setCurrentId(ProductId id);
    void setVendorShown(bool shown);
    void flash();
    void retranslate();

Q_SIGNALS:
    void endNear();
    void chosen(naru::ProductId id);
    void sortWanted(const QString& sort);

protected:
    void keyPressEvent(QKeyEvent*) override;
    void resizeEvent(QResizeEvent*) override;

private:
    void fit();
    void sectionClicked(int section);
    models::ProductListModel& m_model;
    QTimer m_flashEnd;
    bool m_vendorShown = true;
};

} // namespace naru::ui
