// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderWords.h"

#include "ui/text/StateText.h"

#include <QLocale>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::OrderListModel;

QString OrderWords::title(const VendorOrderCard& card)
{
    return card.lineCount > 1 ? tr("%1 and %n more", nullptr, card.lineCount - 1).arg(card.title) : card.title;
}

QString OrderWords::shipping(const VendorOrderCard& card)
{
    return card.trackingNo.isEmpty() ? card.carrier : card.carrier.isEmpty() ? card.trackingNo : card.carrier + u' ' + card.trackingNo;
}

QString OrderWords::header(int column)
{
    switch (column) {
    case OrderListModel::Code: return tr("Code");
    case OrderListModel::Status: return tr("State");
    case OrderListModel::Title: return tr("Items");
    case OrderListModel::VendorName: return tr("Vendor");
    case OrderListModel::Customer: return tr("Customer");
    case OrderListModel::Amount: return tr("Amount");
    case OrderListModel::Due: return tr("Deadline");
    case OrderListModel::Shipping: return tr("Shipping");
    case OrderListModel::Updated: return tr("Changed");
    default: return {};
    }
}

QString OrderWords::cell(const VendorOrderCard& card, int column, Instant now)
{
    switch (column) {
    case OrderListModel::Code: return card.code;
    case OrderListModel::Status: return chipOf(card.status).text;
    case OrderListModel::Title: return title(card);
    case OrderListModel::VendorName: return card.vendorName;
    case OrderListModel::Customer: return card.customerName;
    case OrderListModel::Amount: return formatMoney(card.total);
    case OrderListModel::Due: {
        const auto due = models::dueOf(card);
        return due ? dueText(*due, now) : QString();
    }
    case OrderListModel::Shipping: return shipping(card);
    case OrderListModel::Updated: return dateTimeText(card.updatedAt);
    default: return {};
    }
}

QString OrderWords::sentence(const VendorOrderCard& card, Instant now)
{
    QStringList parts{card.code, chipOf(card.status).text, title(card), card.vendorName, formatMoney(card.total)};
    if (const auto due = models::dueOf(card))
        parts += dueText(*due, now);
    if (const QString sent = shipping(card); !sent.isEmpty())
        parts += sent;
    return parts.join(u", "_s);
}

QString OrderWords::verb(VendorOrderStatus to)
{
    switch (to) {
    case VendorOrderStatus::Accepted: return tr("Accept");
    case VendorOrderStatus::Preparing: return tr("Start preparing");
    case VendorOrderStatus::PartiallyShipped: return tr("Ship a part");
    case VendorOrderStatus::Shipped: return tr("Ship");
    case VendorOrderStatus::Delivered: return tr("Delivered");
    case VendorOrderStatus::Closed: return tr("Close");
    case VendorOrderStatus::Refused: return tr("Refuse");
    case VendorOrderStatus::Cancelled: return tr("Cancel order");
    case VendorOrderStatus::AwaitingAcceptance: break;
    }
    return {};
}

QString OrderWords::verbKey(VendorOrderStatus from, VendorOrderStatus to)
{
    switch (to) {
    case VendorOrderStatus::Accepted: return u"A"_s;
    case VendorOrderStatus::Shipped: return u"S"_s;
    case VendorOrderStatus::Refused: return u"R"_s;
    case VendorOrderStatus::Preparing: return u"Ctrl+→"_s;
    case VendorOrderStatus::Delivered: return from == VendorOrderStatus::Shipped ? u"Ctrl+→"_s : QString();
    case VendorOrderStatus::Closed: return u"Ctrl+→"_s;
    default: return {};
    }
}

QString OrderWords::columnTitle(int column)
{
    switch (column) {
    case 0: return tr("Awaiting acceptance");
    case 1: return tr("Accepted");
    case 2: return tr("Preparing");
    case 3: return tr("Shipped");
    default: return tr("Delivered");
    }
}

QString OrderWords::columnEmpty(int column)
{
    switch (column) {
    case 0: return tr("No orders wait to be accepted.");
    case 1: return tr("Nothing accepted waits to be started.");
    case 2: return tr("Nothing is being prepared.");
    case 3: return tr("Nothing is on its way.");
    default: return tr("Nothing was delivered lately.");
    }
}

QString OrderWords::count(int count)
{
    if (count < 0)
        return {};
    return count >= 10'000 ? u"10,000+"_s : QLocale(QLocale::English).toString(count);
}

QString OrderWords::refusedMove(const VendorOrderCard& card, VendorOrderStatus wanted, const QString& why)
{
    return tr("%1 stays in “%2”. Moving it to “%3” was refused: %4").arg(card.code, chipOf(card.status).text, chipOf(wanted).text, why);
}

} // namespace naru::ui
