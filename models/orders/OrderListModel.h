// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Orders.h"
#include "models/common/KeyedTableModel.h"

#include <functional>

namespace naru::models {

// A vendor order on the board: what the server said, and what this window did to it.
struct OrderRow {
    VendorOrderCard card;
    bool pending = false; // moved here, the server has not answered yet
    bool unseen = false; // changed by others since it was last looked at
    Millis changedAt{}; // steady clock; the flash runs from here
    friend bool operator==(const OrderRow&, const OrderRow&) = default;
};

struct OrderRowTraits {
    using Key = VendorOrderId;
    static Key key(const OrderRow& r) { return r.card.id; }
};

enum class OrderSort { Deadline, Placed, Amount };

// The deadline that counts in the state the order is in; none once it is shipped.
std::optional<Instant> dueOf(const VendorOrderCard& card);
// The share of the time that is left, 1…0; 0 when it is over.
double dueLeft(const VendorOrderCard& card, Instant now);
bool comesBefore(const VendorOrderCard& a, const VendorOrderCard& b, OrderSort sort);
// The same search as the server's: code, order code, customer, title.
bool matchesText(const VendorOrderCard& card, const QString& text);

// Vendor orders in a fixed order: one column of the board, or the table on the same query. UI thread; owned by the
// controller of the board. Words of states and dates come from outside (setWords), as models know no language.
class OrderListModel : public KeyedTableModel<OrderRow, OrderRowTraits> {
    Q_OBJECT
public:
    enum Column { Code, Status, Title, VendorName, Customer, Amount, Due, Shipping, Updated, ColumnCount };
    enum ItemRole { IdRole = Qt::UserRole + 1 };
    enum class Shape { Cards, Table }; // Cards: one column
    using Words = std::function<QString(const OrderRow& row, int column)>; // column −1: the whole card in one sentence
    using HeaderWords = std::function<QString(int column)>;

    explicit OrderListModel(Shape shape, QObject* parent = nullptr);
    void setWords(Words words, HeaderWords headers);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    void setSort(OrderSort sort);
    OrderSort sortedBy() const { return m_sort; }
    // Sorted by the sort in force, whatever order the pages came in.
    void assignSorted(std::vector<OrderRow> rows);
    void merge(std::vector<OrderRow> rows);
    // Inserts at its place, or replaces; a replaced row stays where it is when `keepPlace`.
    void put(OrderRow row, bool keepPlace);
    void markSeen(VendorOrderId id);
    void wordsChanged(); // language switched

private:
    int placeFor(const VendorOrderCard& card) const;
    bool fits(int at, const VendorOrderCard& card) const; // between its neighbours
    Shape m_shape;
    OrderSort m_sort = OrderSort::Deadline;
    bool m_ordered = true; // false while a row kept its place although its time has come to move
    Words m_words;
    HeaderWords m_headers;
};

} // namespace naru::models
