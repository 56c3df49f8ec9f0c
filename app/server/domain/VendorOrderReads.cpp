// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/VendorOrders.h"

#include "server/domain/Mask.h"
#include "server/domain/Orders.h"
#include "server/domain/Rules.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHistoryLimit = 200;

// Sorted by what is due next; what waits for nobody follows, newest first (the constant keeps it behind every date).
const QString kDeadlineKey = u"CASE vo.status WHEN 'awaiting_acceptance' THEN vo.accept_due_at WHEN 'accepted' THEN vo.ship_due_at WHEN 'preparing' THEN vo.ship_due_at "
                             "WHEN 'partially_shipped' THEN vo.ship_due_at ELSE 9007199254740991 - vo.updated_at END"_s;

void addFilters(KeysetQuery& q, const View& view, std::optional<VendorId> vendor, const QString& text)
{
    if (view.vendor) {
        q.rows += u" AND vo.vendor_id = ?"_s;
        q.params.emplace_back(*view.vendor);
    }
    if (vendor) {
        q.rows += u" AND vo.vendor_id = ?"_s;
        q.params.emplace_back(*vendor);
    }
    if (text.isEmpty())
        return;
    // A vendor may not find people by a name that it may not read.
    const QString byCustomer = view.masksNames() ? QString() : u" OR EXISTS (SELECT 1 FROM customer c WHERE c.id = o.customer_id AND c.display_name LIKE ? ESCAPE '\\')"_s;
    q.rows += u" AND (vo.code LIKE ? ESCAPE '\\' OR o.code LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM order_line l JOIN variant x ON x.id = l.variant_id "
              "JOIN product_text t ON t.product_id = x.product_id WHERE l.order_id = vo.order_id AND l.vendor_order_id = vo.id AND t.title LIKE ? ESCAPE '\\')%1)"_s
                  .arg(byCustomer);
    q.params.insert(q.params.end(), byCustomer.isEmpty() ? 3 : 4, Param(likePattern(text)));
}

} // namespace

std::optional<VendorOrderCard> vendorOrderCard(Connection& db, const View& view, VendorOrderId id)
{
    const auto row = db.one(u"SELECT vo.id, vo.code, vo.order_id, o.code, vo.vendor_id, v.name, c.display_name, vo.status, vo.total_minor, vo.currency, o.payment_status, vo.accept_due_at, vo.ship_due_at, "
                            "vo.placed_at, vo.updated_at, vo.carrier, vo.tracking_no, vo.version, "
                            "(SELECT COUNT(*) FROM order_line l WHERE l.order_id = vo.order_id AND l.vendor_order_id = vo.id), "
                            "(SELECT SUM(l.qty) FROM order_line l WHERE l.order_id = vo.order_id AND l.vendor_order_id = vo.id), "
                            "(SELECT l.snapshot_json FROM order_line l WHERE l.order_id = vo.order_id AND l.vendor_order_id = vo.id ORDER BY l.line_no LIMIT 1) "
                            "FROM vendor_order vo JOIN sales_order o ON o.id = vo.order_id JOIN vendor v ON v.id = vo.vendor_id JOIN customer c ON c.id = o.customer_id WHERE vo.id = ?"_s,
        {id});
    if (!row || !view.sees(row->id<VendorId>(4)))
        return std::nullopt;
    VendorOrderCard c;
    c.id = row->id<VendorOrderId>(0);
    c.code = row->text(1);
    c.orderId = row->id<OrderId>(2);
    c.orderCode = row->text(3);
    c.vendorId = row->id<VendorId>(4);
    c.vendorName = row->text(5);
    c.customerName = view.masksNames() ? maskName(row->text(6)) : row->text(6);
    c.status = protocol::fromWire<VendorOrderStatus>(row->text(7)).value_or(VendorOrderStatus::Closed);
    c.total = {row->integer(8), row->text(9)};
    c.payment = protocol::fromWire<PaymentStatus>(row->text(10)).value_or(PaymentStatus::Created);
    c.acceptDueAt = row->maybeInstant(11);
    c.shipDueAt = row->maybeInstant(12);
    c.placedAt = row->instant(13);
    c.updatedAt = row->instant(14);
    c.carrier = row->text(15);
    c.trackingNo = row->text(16);
    c.version = row->integer(17);
    c.lineCount = row->number(18);
    c.pieceCount = row->integer(19);
    c.title = snapshotTitle(row->text(20));
    return c;
}

std::optional<VendorOrderDetail> vendorOrderDetail(Connection& db, const View& view, VendorOrderId id, const Journal* uncommitted)
{
    auto card = vendorOrderCard(db, view, id);
    if (!card)
        return std::nullopt;
    VendorOrderDetail d;
    d.card = std::move(*card);
    d.lines = orderLines(db, view, d.card.orderId, id);
    d.history = historyOf(db, Machine::Order, d.card.orderId.value, false, kHistoryLimit, uncommitted);
    const auto own = historyOf(db, Machine::VendorOrder, id.value, false, kHistoryLimit, uncommitted);
    d.history.insert(d.history.end(), own.begin(), own.end());
    std::stable_sort(d.history.begin(), d.history.end(), [](const TransitionEntry& a, const TransitionEntry& b) { return a.at < b.at; });
    // Shipping a part needs to say which pieces, which this interface does not take yet.
    d.allowedNext = allowedNext(db, Machine::VendorOrder, d.card.status, view.letter, {VendorOrderStatus::PartiallyShipped});
    const auto money = db.one(u"SELECT COALESCE(SUM(s.authorised_minor), 0), COALESCE(SUM(s.captured_minor), 0) FROM payment_split s JOIN payment p ON p.id = s.payment_id "
                              "WHERE s.vendor_order_id = ? AND p.status NOT IN ('failed','voided','expired')"_s,
        {id});
    if (money) {
        d.authorisedMinor = money->integer(0);
        d.capturedMinor = money->integer(1);
    }
    return d;
}

Page<VendorOrderCard> listVendorOrders(Connection& db, const View& view, const VendorOrderQuery& query)
{
    KeysetQuery q;
    QString key = kDeadlineKey;
    if (query.sort == u"placed")
        key = u"vo.placed_at"_s;
    else if (query.sort == u"amount")
        key = u"vo.total_minor"_s;
    else if (!query.sort.isEmpty() && query.sort != u"deadline")
        throw ProblemError(400, "query-invalid", u"sort must be deadline, placed or amount"_s);
    q.descending = key != kDeadlineKey;
    q.rows = u"SELECT vo.id AS id, %1 AS k FROM vendor_order vo JOIN sales_order o ON o.id = vo.order_id WHERE 1 = 1"_s.arg(key);
    addFilters(q, view, query.vendorId, query.text);
    if (query.status) {
        q.rows += u" AND vo.status = ?"_s;
        q.params.emplace_back(protocol::wireName(*query.status));
    }
    if (query.openOnly)
        q.rows += u" AND vo.status NOT IN ('closed','refused','cancelled')"_s;
    q.after = query.after;
    q.limit = query.limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<VendorOrderCard> page = emptyPage<VendorOrderCard>(keys);
    for (const QString& id : keys.ids)
        if (auto card = vendorOrderCard(db, view, VendorOrderId::parse(QStringView(id)).value_or(VendorOrderId{})))
            page.items.push_back(std::move(*card));
    return page;
}

std::vector<StatusCount> countVendorOrders(Connection& db, const View& view, std::optional<VendorId> vendor, const QString& text)
{
    KeysetQuery q;
    q.rows = u"SELECT vo.status AS s FROM vendor_order vo JOIN sales_order o ON o.id = vo.order_id WHERE 1 = 1"_s;
    addFilters(q, view, vendor, text);
    std::vector<StatusCount> counts;
    for (const std::string_view name : protocol::Names<VendorOrderStatus>::list)
        counts.push_back({QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), 0});
    for (const Row& row : db.query(u"SELECT s, COUNT(*) FROM (%1) q GROUP BY s"_s.arg(q.rows), q.params))
        for (StatusCount& c : counts)
            if (c.status == row.text(0))
                c.count = row.number(1);
    return counts;
}

} // namespace naru::server
