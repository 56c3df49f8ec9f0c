// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/orders/OrderListModel.h"

class QAbstractItemView;

// What is chosen in a view of orders, whatever its shape. The view shows the model given. UI thread.
namespace naru::ui {

std::vector<VendorOrderId> pickedOrders(const QAbstractItemView& view, const models::OrderListModel& model); // selected, top to bottom
VendorOrderId currentOrder(const QAbstractItemView& view, const models::OrderListModel& model); // null: none
bool setCurrentOrder(QAbstractItemView& view, const models::OrderListModel& model, VendorOrderId id); // false: not in the list

} // namespace naru::ui
