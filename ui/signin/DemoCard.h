// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"

#include <QAbstractButton>

namespace naru::ui {

// A demo account to enter with one click: role icon, name, role and vendor.
class DemoCard : public QAbstractButton {
    Q_OBJECT
public:
    explicit DemoCard(const DemoAccount& account, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* e) override;

private:
    void rename();
    QString roleLine() const; // "Vendor manager · Namsan tea"
    DemoAccount m_account;
};

} // namespace naru::ui
