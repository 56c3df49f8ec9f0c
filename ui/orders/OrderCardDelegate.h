// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/orders/OrderListModel.h"

#include <QStyledItemDelegate>

namespace naru::ui {

inline constexpr Millis kFlash{900}; // how long a changed card or row stays tinted

// Paints one vendor order as a card of the board. UI thread; owned by the column's view.
class OrderCardDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum class Kind { Deadline, Shipping, Done }; // what stands at the upper right

    OrderCardDelegate(const Clock& clock, Kind kind, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    static QRect ringRect(const QRect& item); // what a second changes
    // A vendor sees only its own orders: its name on each card says nothing, the customer's does.
    void setVendorShown(bool shown) { m_vendorShown = shown; }

private:
    int paintCorner(QPainter& p, const QRect& top, const models::OrderRow& r) const;
    const Clock& m_clock;
    Kind m_kind;
    bool m_vendorShown = true;
};

} // namespace naru::ui
