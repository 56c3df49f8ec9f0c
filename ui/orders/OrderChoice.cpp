// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderChoice.h"

#include <QAbstractItemView>

namespace naru::ui {

std::vector<VendorOrderId> pickedOrders(const QAbstractItemView& view, const models::OrderListModel& model)
{
    QModelIndexList rows = view.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<VendorOrderId> ids;
    for (const QModelIndex& index : rows)
        ids.push_back(model.row(index.row()).card.id);
    return ids;
}

VendorOrderId currentOrder(const QAbstractItemView& view, const models::OrderListModel& model)
{
    const QModelIndex index = view.currentIndex();
    return index.isValid() ? model.row(index.row()).card.id : VendorOrderId{};
}

bool setCurrentOrder(QAbstractItemView& view, const models::OrderListModel& model, VendorOrderId id)
{
    const int at = model.rowOf(id);
    if (at < 0)
        return false;
    view.setCurrentIndex(model.index(at, 0));
    view.scrollTo(view.currentIndex());
    return true;
}

} // namespace naru::ui
