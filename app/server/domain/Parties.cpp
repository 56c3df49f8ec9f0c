// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Parties.h"

#include "protocol/Events.h"

#include <QTimeZone>

namespace naru::server {

using namespace Qt::StringLiterals;
namespace topic = protocol::topic;

namespace {

const QString kVendorSql = u"SELECT v.id, v.code, v.kind, v.name, v.status, v.payout_currency, v.tz, v.accept_sla_min, v.ship_sla_min, "
                           "(SELECT COUNT(*) FROM vendor_order o WHERE o.vendor_id = v.id AND o.status IN ('awaiting_acceptance','accepted','preparing','partially_shipped')), "
                           "(SELECT COUNT(*) FROM product p WHERE p.vendor_id = v.id), v.version FROM vendor v WHERE v.id = ?"_s;

Customer customerOf(const Row& row)
{
    Customer c;
    c.id = row.id<CustomerId>(0);
    c.externalRef = row.text(1);
    c.displayName = row.text(2);
    c.version = row.integer(3);
    return c;
}

} // namespace

void checkCurrency(const QString& field, const QString& currency)
{
    for (const QChar c : currency)
        if (c < u'A' || c > u'Z')
            refuseField(field, "currency", u"must be three upper-case letters of ISO 4217"_s);
}

void checkZone(const QString& field, const QString& tz)
{
    if (!QTimeZone::isTimeZoneIdAvailable(tz.toLatin1()))
        refuseField(field, "time-zone", u"is no IANA time zone known here"_s);
}

std::optional<Vendor> vendorById(Connection& db, const View& view, VendorId id)
{
    if (!view.sees(id))
        return std::nullopt;
    const auto row = db.one(kVendorSql, {id});
    if (!row)
        return std::nullopt;
    Vendor v;
    v.id = row->id<VendorId>(0);
    v.code = row->text(1);
    v.kind = row->text(2);
    v.name = row->text(3);
    v.status = protocol::fromWire<VendorStatus>(row->text(4)).value_or(VendorStatus::Closed);
    v.payoutCurrency = row->text(5);
    v.tz = row->text(6);
    v.acceptSlaMin = row->number(7);
    v.shipSlaMin = row->number(8);
    v.openOrders = row->number(9);
    v.productCount = row->number(10);
    v.version = row->integer(11);
    return v;
}

Page<Vendor> listVendors(Connection& db, const View& view, const QString& after, int limit)
{
    KeysetQuery q;
    q.rows = u"SELECT v.id AS id, v.name AS k FROM vendor v"_s;
    q.textKey = true;
    if (view.vendor) {
        q.rows += u" WHERE v.id = ?"_s;
        q.params.emplace_back(*view.vendor);
    }
    q.after = after;
    q.limit = limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<Vendor> page = emptyPage<Vendor>(keys);
    for (const QString& id : keys.ids)
        if (auto vendor = vendorById(db, view, VendorId::parse(QStringView(id)).value_or(VendorId{})))
            page.items.push_back(std::move(*vendor));
    return page;
}

Vendor createVendor(Txn& txn, const NewVendor& wanted, const QString& kind)
{
    checkCurrency(u"/payout_currency"_s, wanted.payoutCurrency);
    checkZone(u"/tz"_s, wanted.tz);
    if (txn.db().one(u"SELECT 1 FROM vendor WHERE code = ?"_s, {wanted.code}))
        throw ProblemError(409, "code-taken", u"another vendor has the code %1"_s.arg(wanted.code));
    const auto id = txn.newId<VendorId>();
    txn.db().exec(u"INSERT INTO vendor (id, code, kind, name, status, payout_currency, tz, accept_sla_min, ship_sla_min, edit_policy, created_at, updated_at) "
                  "VALUES (?, ?, ?, ?, 'approved', ?, ?, ?, ?, 'auto', ?, ?)"_s,
        {id, wanted.code, kind, wanted.name, wanted.payoutCurrency, wanted.tz, wanted.acceptSlaMin, wanted.shipSlaMin, txn.now(), txn.now()});
    txn.db().exec(u"INSERT INTO location (id, vendor_id, code, name, tz) VALUES (?, ?, 'MAIN', ?, ?)"_s,
        {txn.newId<LocationId>(), id, wanted.tz == u"Asia/Seoul" ? u"기본 창고"_s : u"Main"_s, wanted.tz});
    txn.audit(u"vendor.created"_s, u"vendor"_s, id.value, protocol::toJson(wanted));
    const Vendor vendor = *vendorById(txn.db(), payloadView(txn.now()), id);
    txn.publish(topic::kVendor, id, u"vendor"_s, id.value, vendor.version, protocol::toJson(vendor).as_object());
    return vendor;
}

namespace {

Vendor statusChanged(Txn& txn, const VendorId& id, const QString& action, const QString& reason)
{
    txn.audit(action, u"vendor"_s, id.value, protocol::json::object{{"reason", protocol::utf8(reason)}});
    Vendor vendor = *vendorById(txn.db(), payloadView(txn.now()), id);
    txn.publish(topic::kVendor, id, u"vendor"_s, id.value, vendor.version, protocol::toJson(vendor).as_object());
    return vendor;
}

} // namespace

bool isShut(const QString& vendorStatus) { return vendorStatus == u"suspended" || vendorStatus == u"closed"; }

void suspendVendor(Txn& txn, const VendorId& id, const QString& reason)
{
    if (txn.db().exec(u"UPDATE vendor SET status = 'suspended', updated_at = ?, version = version + 1 WHERE id = ? AND status NOT IN ('suspended','closed')"_s, {txn.now(), id}) == 1)
        statusChanged(txn, id, u"vendor.suspended"_s, reason);
}

Vendor reinstateVendor(Txn& txn, const VendorId& id, const QString& reason)
{
    if (!txn.db().one(u"SELECT 1 FROM vendor WHERE id = ?"_s, {id}))
        notFound();
    if (txn.db().exec(u"UPDATE vendor SET status = 'approved', updated_at = ?, version = version + 1 WHERE id = ? AND status = 'suspended'"_s, {txn.now(), id}) != 1)
        throw ProblemError(409, "not-suspended", u"this company is not suspended; nothing was changed"_s);
    return statusChanged(txn, id, u"vendor.reinstated"_s, reason);
}

std::optional<Customer> customerById(Connection& db, CustomerId id)
{
    const auto row = db.one(u"SELECT id, external_ref, display_name, version FROM customer WHERE id = ?"_s, {id});
    return row ? std::optional(customerOf(*row)) : std::nullopt;
}

Page<Customer> listCustomers(Connection& db, const QString& externalRef, const QString& after, int limit)
{
    KeysetQuery q;
    q.rows = u"SELECT c.id AS id, c.created_at AS k FROM customer c"_s;
    if (!externalRef.isEmpty()) {
        q.rows += u" WHERE c.external_ref = ?"_s;
        q.params.emplace_back(externalRef);
    }
    q.after = after;
    q.limit = limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<Customer> page = emptyPage<Customer>(keys);
    for (const QString& id : keys.ids)
        if (auto customer = customerById(db, CustomerId::parse(QStringView(id)).value_or(CustomerId{})))
            page.items.push_back(std::move(*customer));
    return page;
}

Customer createCustomer(Txn& txn, const NewCustomer& wanted)
{
    if (txn.db().one(u"SELECT 1 FROM customer WHERE external_ref = ?"_s, {wanted.externalRef}))
        throw ProblemError(409, "external-ref-taken", u"a customer with the reference %1 exists"_s.arg(wanted.externalRef));
    Customer c;
    c.id = txn.newId<CustomerId>();
    c.externalRef = wanted.externalRef;
    c.displayName = wanted.displayName;
    c.version = 1;
    txn.db().exec(u"INSERT INTO customer (id, external_ref, display_name, created_at) VALUES (?, ?, ?, ?)"_s, {c.id, c.externalRef, c.displayName, txn.now()});
    // The name is personal: the trail says that it was given, not what it is.
    txn.audit(u"customer.created"_s, u"customer"_s, c.id.value, protocol::json::object{{"external_ref", protocol::utf8(c.externalRef)}});
    return c;
}

} // namespace naru::server
