// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/BookingTerms.h"

#include "protocol/WaitlistFields.h"
#include "server/api/Http.h"
#include "server/domain/Products.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

template <class AnyId> QStringList texts(const std::set<AnyId>& ids)
{
    QStringList out;
    for (const AnyId& id : ids)
        out << id.toString();
    return out;
}

json::value limitJson(const std::optional<std::int64_t>& limit)
{
    return limit ? json::value(*limit) : json::value(nullptr);
}

} // namespace

std::optional<BookingTerms> readBookingTerms(Connection& db, const ProductId& product, const ViewFor& who)
{
    const auto row = db.one(u"SELECT limit_per_customer, limit_scope, offer_minutes, version, vendor_id, kind FROM product WHERE id = ?"_s, {product});
    if (!row || (who.tenant && row->id<VendorId>(4) != *who.tenant))
        return std::nullopt;
    BookingTerms t;
    t.productId = product;
    t.limitPerCustomer = row->maybeInteger(0);
    t.limitScope = protocol::fromWire<LimitScope>(row->text(1)).value_or(LimitScope::Slot);
    t.offerMinutes = row->number(2);
    t.version = row->integer(3);
    return t;
}

void setBookingTerms(Txn& txn, const BookingTerms& before, const BookingTermsPatch& patch)
{
    const auto kind = txn.db().one(u"SELECT kind FROM product WHERE id = ?"_s, {before.productId});
    if (!kind || kind->text(0) != u"reservation"_s)
        throw ProblemError(409, "not-reservable", u"only what is reserved has terms of booking"_s);
    // The other bits belong to others, who set them without a new version.
    constexpr int kOthers = 0x7FFF & ~special::kLimited;
    const int limited = patch.limitPerCustomer ? special::kLimited : 0;
    const auto changed = txn.db().exec(u"UPDATE product SET limit_per_customer = ?, limit_scope = ?, offer_minutes = ?, special = (special & ?) | ?, updated_at = ?, version = version + 1 "
                                       "WHERE id = ? AND version = ?"_s,
        {patch.limitPerCustomer, protocol::wireName(patch.limitScope), patch.offerMinutes, kOthers, limited, txn.now(), before.productId, before.version});
    if (changed != 1)
        throw StoreError(StoreError::Kind::Busy, "the product changed under its own transaction");
    txn.audit(u"product.booking_terms"_s, u"product"_s, before.productId.value,
        json::object{{"limit_per_customer", json::array{limitJson(before.limitPerCustomer), limitJson(patch.limitPerCustomer)}},
            {"limit_scope", json::array{protocol::wireName(before.limitScope), protocol::wireName(patch.limitScope)}},
            {"offer_minutes", json::array{before.offerMinutes, patch.offerMinutes}}});
    publishProduct(txn, before.productId);
}

void CustomerShares::read(Connection& db, const std::vector<Limited>& items, const std::set<CustomerId>& customers, Lock lock)
{
    std::set<ProductId> products;
    for (const Limited& i : items)
        products.insert(i.product);
    if (products.empty() || customers.empty())
        return;
    // Locked, so that two nodes never count for one customer at the same time while they sell different slots of one product.
    static const QString sql = u"SELECT id, limit_per_customer, limit_scope FROM product WHERE id = ANY(?) AND limit_per_customer IS NOT NULL ORDER BY id"_s;
    static const QString lockSql = sql + u" FOR NO KEY UPDATE"_s;
    std::map<ProductId, Terms> terms;
    for (const Row& row : db.query(lock == Lock::Yes ? lockSql : sql, {texts(products)})) {
        const auto id = row.id<ProductId>(0);
        terms[id] = {id, row.integer(1), protocol::fromWire<LimitScope>(row.text(2)).value_or(LimitScope::Slot), 0};
    }
    std::map<ProductId, std::size_t> groups;
    std::size_t next = 0;
    for (const Limited& i : items) {
        const auto found = terms.find(i.product);
        if (found == terms.end())
            continue;
        Terms t = found->second;
        if (t.scope == LimitScope::Slot)
            t.group = next++;
        else if (const auto [it, fresh] = groups.emplace(i.product, next); fresh)
            t.group = next++;
        else
            t.group = it->second;
        m_terms[i.item] = t;
    }
    if (m_terms.empty())
        return;
    const QStringList who = texts(customers);
    const QStringList which = texts(products);
    const Rows rows = db.query(
        u"SELECT h.customer_id, l.inventory_item_id, v.product_id, l.qty FROM hold h JOIN hold_line l ON l.hold_id = h.id JOIN inventory_item i ON i.id = l.inventory_item_id "
        "JOIN variant v ON v.id = i.variant_id WHERE h.status = 'active' AND h.customer_id = ANY(?) AND v.product_id = ANY(?) "
        "UNION ALL SELECT r.customer_id, l.inventory_item_id, v.product_id, l.qty FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id "
        "JOIN inventory_item i ON i.id = l.inventory_item_id JOIN variant v ON v.id = i.variant_id "
        "WHERE (r.status = 'confirmed' OR r.status = 'pending' OR r.status = 'cancel_requested' OR r.status = 'checked_in') " // as reservation_of_customer says it
        "AND r.customer_id = ANY(?) AND v.product_id = ANY(?)"_s,
        {who, which, who, which});
    for (const Row& row : rows) {
        m_bySlot[{row.id<CustomerId>(0), row.id<ItemId>(1)}] += row.integer(3);
        m_byProduct[{row.id<CustomerId>(0), row.id<ProductId>(2)}] += row.integer(3);
    }
}

void CustomerShares::apply(StockRow& row) const
{
    const auto found = m_terms.find(row.item);
    if (found == m_terms.end())
        return;
    row.limit = found->second.limit;
    row.limitGroup = found->second.group;
}

std::int64_t CustomerShares::already(const CustomerId& customer, const ItemId& item) const
{
    const auto terms = m_terms.find(item);
    if (terms == m_terms.end())
        return 0;
    if (terms->second.scope == LimitScope::Slot) {
        const auto n = m_bySlot.find({customer, item});
        return n == m_bySlot.end() ? 0 : n->second;
    }
    const auto n = m_byProduct.find({customer, terms->second.product});
    return n == m_byProduct.end() ? 0 : n->second;
}

} // namespace naru::server
