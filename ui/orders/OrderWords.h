// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/orders/OrderListModel.h"

#include <QCoreApplication>

namespace naru::ui {

// The words of vendor orders: titles, columns, moves, whole cards for screen readers. UI thread.
class OrderWords {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::OrderWords)
public:
    static QString title(const VendorOrderCard& card); // "말차 세트 외 1건"
    static QString shipping(const VendorOrderCard& card); // "CJ 5028"
    static QString header(int column);
    static QString cell(const VendorOrderCard& card, int column, Instant now);
    static QString sentence(const VendorOrderCard& card, Instant now); // the whole card
    static QString verb(VendorOrderStatus to); // on a button: "Accept"
    static QString verbKey(VendorOrderStatus from, VendorOrderStatus to);
    static QString columnTitle(int column);
    static QString columnEmpty(int column);
    static QString count(int count); // "23", "10,000+"
    static QString refusedMove(const VendorOrderCard& card, VendorOrderStatus wanted, const QString& why);
};

} // namespace naru::ui
