// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/orders/OrderListModel.h"

namespace naru::models {

std::optional<Instant> dueOf(const VendorOrderCard& card)
{
    switch (card.status) {
    case VendorOrderStatus::AwaitingAcceptance: return card.acceptDueAt;
    case VendorOrderStatus::Accepted:
    case VendorOrderStatus::Preparing:
    case VendorOrderStatus::PartiallyShipped: return card.shipDueAt;
    default: return std::nullopt;
    }
}

double dueLeft(const VendorOrderCard& card, Instant now)
{
    const auto due = dueOf(card);
    if (!due || now >= *due)
        return 0;
    const double whole = static_cast<double>((*due - card.placedAt).count());
    return whole <= 0 ? 0 : std::min(1.0, static_cast<double>((*due - now).count()) / whole);
}

bool comesBefore(const VendorOrderCard& a, const VendorOrderCard& b, OrderSort sort)
{
    switch (sort) {
    case OrderSort::Deadline: {
        const auto x = dueOf(a);
        const auto y = dueOf(b);
        if (x.has_value() != y.has_value())
            return x.has_value(); // what has no deadline comes last
        if (x && *x != *y)
            return *x < *y;
        if (!x && a.updatedAt != b.updatedAt)
            return a.updatedAt > b.updatedAt; // as the server does: what waits for nobody, newest first
        break;
    }
    case OrderSort::Placed:
        if (a.placedAt != b.placedAt)
            return a.placedAt > b.placedAt;
        break;
    case OrderSort::Amount:
        if (a.total.minor != b.total.minor)
            return a.total.minor > b.total.minor;
        break;
    }
    return a.id < b.id;
}

bool matchesText(const VendorOrderCard& card, const QString& text)
{
    const QString t = text.trimmed();
    if (t.isEmpty())
        return true;
    for (const QString* field : {&card.code, &card.orderCode, &card.customerName, &card.title})
        if (field->contains(t, Qt::CaseInsensitive))
            return true;
    return false;
}

OrderListModel::OrderListModel(Shape shape, QObject* parent) : KeyedTableModel(parent), m_shape(shape) {}

void OrderListModel::setWords(Words words, HeaderWords headers)
{
    m_words = std::move(words);
    m_headers = std::move(headers);
}

int OrderListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_shape == Shape::Cards ? 1 : int(ColumnCount);
}

QVariant OrderListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const OrderRow& r = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (m_shape == Shape::Cards)
            return r.card.code;
        return m_words ? m_words(r, index.column()) : r.card.code;
    case Qt::AccessibleTextRole:
        return m_words ? m_words(r, m_shape == Shape::Cards ? -1 : index.column()) : r.card.code;
    case Qt::TextAlignmentRole:
        return m_shape == Shape::Table && index.column() == Amount ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole: return r.card.id.toString();
    default: return {};
    }
}

QVariant OrderListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || m_shape == Shape::Cards)
        return {};
    if (role == Qt::DisplayRole && m_headers)
        return m_headers(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Amount ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags OrderListModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

void OrderListModel::setSort(OrderSort sort)
{
    if (m_sort == sort)
        return;
    m_sort = sort;
    assignSorted(rows());
}

void OrderListModel::assignSorted(std::vector<OrderRow> wanted)
{
    std::stable_sort(wanted.begin(), wanted.end(),
        [this](const OrderRow& a, const OrderRow& b) { return comesBefore(a.card, b.card, m_sort); });
    assign(std::move(wanted));
    m_ordered = true;
}

void OrderListModel::merge(std::vector<OrderRow> more)
{
    std::vector<OrderRow> all = std::move(more);
    std::unordered_map<VendorOrderId, std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i)
        places.emplace(all[i].card.id, i);
    for (const OrderRow& r : rows()) {
        const auto at = places.find(r.card.id);
        if (at == places.end())
            all.push_back(r);
        else if (r.pending || all[at->second].card.version <= r.card.version)
            all[at->second] = r; // a page read before the change that is already shown
    }
    assignSorted(std::move(all));
}

int OrderListModel::placeFor(const VendorOrderCard& card) const
{
    const auto before = [this](const VendorOrderCard& c, const OrderRow& r) { return comesBefore(c, r.card, m_sort); };
    const auto at = m_ordered ? std::upper_bound(rows().begin(), rows().end(), card, before)
                              : std::find_if(rows().begin(), rows().end(), [&](const OrderRow& r) { return before(card, r); });
    return static_cast<int>(at - rows().begin());
}

bool OrderListModel::fits(int at, const VendorOrderCard& card) const
{
    return (at == 0 || !comesBefore(card, row(at - 1).card, m_sort)) && (at + 1 == rowCount() || !comesBefore(row(at + 1).card, card, m_sort));
}

void OrderListModel::put(OrderRow r, bool keepPlace)
{
    const int at = rowOf(r.card.id);
    if (at < 0) {
        const int place = placeFor(r.card); // before the move: arguments have no order
        insert(place, std::move(r));
        return;
    }
    const bool fitting = fits(at, r.card);
    if (keepPlace || fitting) {
        m_ordered = m_ordered && fitting;
        replace(at, std::move(r));
        return;
    }
    if (!m_ordered) {
        std::vector<OrderRow> all = rows();
        all[static_cast<std::size_t>(at)] = std::move(r);
        assignSorted(std::move(all));
        return;
    }
    // Only this row is out of order: it goes up among those above it, or down among those below.
    const auto begin = rows().begin();
    const auto before = [this](const VendorOrderCard& c, const OrderRow& other) { return comesBefore(c, other.card, m_sort); };
    const bool up = at > 0 && comesBefore(r.card, row(at - 1).card, m_sort);
    const auto place = up ? std::upper_bound(begin, begin + at, r.card, before) : std::upper_bound(begin + at + 1, rows().end(), r.card, before);
    moveRow(at, static_cast<int>(place - begin) - (up ? 0 : 1), std::move(r));
}

void OrderListModel::markSeen(VendorOrderId id)
{
    const int at = rowOf(id);
    if (at < 0 || !row(at).unseen)
        return;
    OrderRow r = row(at);
    r.unseen = false;
    replace(at, std::move(r));
}

void OrderListModel::wordsChanged()
{
    if (m_shape == Shape::Table)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace naru::models
