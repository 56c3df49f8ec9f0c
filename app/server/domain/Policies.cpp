// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Policies.h"

#include "protocol/CancellationFields.h"
#include "server/domain/Products.h"
#include "server/engine/CancellationPrice.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kMostRevisions = 500; // shown of one list

QString columns()
{
    return u"SELECT p.id, p.code, p.revision, p.no_show_fee_bps, (SELECT MAX(n.revision) FROM cancellation_policy n WHERE n.code = p.code) FROM cancellation_policy p "_s;
}

CancellationPolicy policyFrom(const Row& row)
{
    CancellationPolicy p;
    p.id = row.id<PolicyId>(0);
    p.code = row.text(1);
    p.revision = row.number(2);
    p.noShowFeeBps = row.number(3);
    p.newest = row.number(4) == p.revision;
    return p;
}

void readTiers(Connection& db, std::vector<CancellationPolicy>& policies)
{
    QStringList ids;
    std::map<PolicyId, CancellationPolicy*> byId;
    for (CancellationPolicy& p : policies) {
        ids << p.id.toString();
        byId.emplace(p.id, &p);
    }
    for (const Row& row : db.query(u"SELECT policy_id, min_hours_before, refund_bps, fee_minor, currency FROM cancellation_tier WHERE policy_id = ANY(?) "
                                   "ORDER BY policy_id, min_hours_before DESC"_s,
             {ids}))
        byId.at(row.id<PolicyId>(0))->tiers.push_back({row.number(1), row.number(2), row.integer(3), row.text(4)});
}

bool isPolicyCode(const QString& code)
{
    return std::all_of(code.begin(), code.end(), [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_'; });
}

} // namespace

std::optional<CancellationPolicy> readPolicy(Connection& db, const PolicyId& id)
{
    const auto row = db.one(columns() + u"WHERE p.id = ?"_s, {id});
    if (!row)
        return std::nullopt;
    std::vector<CancellationPolicy> one{policyFrom(*row)};
    readTiers(db, one);
    return one.front();
}

Page<CancellationPolicy> listPolicies(Connection& db, const QString& code)
{
    Page<CancellationPolicy> page;
    const Rows rows = code.isEmpty()
        ? db.query(columns() + u"WHERE p.revision = (SELECT MAX(n.revision) FROM cancellation_policy n WHERE n.code = p.code) ORDER BY p.code LIMIT ?"_s, {kMostRevisions})
        : db.query(columns() + u"WHERE p.code = ? ORDER BY p.revision DESC LIMIT ?"_s, {code, kMostRevisions});
    for (const Row& row : rows)
        page.items.push_back(policyFrom(row));
    readTiers(db, page.items);
    page.total = static_cast<int>(page.items.size());
    return page;
}

CancellationPolicy createPolicyRevision(Txn& txn, const NewPolicy& wanted)
{
    Connection& db = txn.db();
    if (!isPolicyCode(wanted.code))
        refuseField(u"/code"_s, "pattern", u"lower-case letters, digits, \"-\" and \"_\" only"_s);
    if (const auto fault = faultOf(wanted.tiers))
        refuseField(fault->field, "order", fault->message);
    const int newest = db.one(u"SELECT COALESCE(MAX(revision), 0) FROM cancellation_policy WHERE code = ?"_s, {wanted.code})->number(0);
    if (newest != wanted.baseRevision) {
        protocol::Problem p;
        p.status = 409;
        p.code = u"revision-exists"_s;
        p.detail = u"the newest revision of %1 is %2, this one was edited from %3; nothing was changed"_s.arg(wanted.code).arg(newest).arg(wanted.baseRevision);
        p.extra["newest_revision"] = newest;
        throw ProblemError(p);
    }
    CancellationPolicy made;
    made.id = txn.newId<PolicyId>();
    made.code = wanted.code;
    made.revision = newest + 1;
    made.noShowFeeBps = wanted.noShowFeeBps;
    made.tiers = wanted.tiers;
    std::sort(made.tiers.begin(), made.tiers.end(), [](const CancellationTier& a, const CancellationTier& b) { return a.minHoursBefore > b.minHoursBefore; });
    db.exec(u"INSERT INTO cancellation_policy (id, code, revision, no_show_fee_bps) VALUES (?, ?, ?, ?)"_s, {made.id, made.code, made.revision, made.noShowFeeBps});
    for (const CancellationTier& tier : made.tiers)
        db.exec(u"INSERT INTO cancellation_tier (policy_id, min_hours_before, refund_bps, fee_minor, currency) VALUES (?, ?, ?, ?, ?)"_s,
            {made.id, tier.minHoursBefore, tier.refundBps, tier.feeMinor, tier.currency.isEmpty() ? Param(std::optional<QString>()) : Param(tier.currency)});
    txn.audit(u"cancellation_policy.created"_s, u"cancellation_policy"_s, made.id.value, protocol::toJson(made));
    return made;
}

CancellationPolicy policyOfProduct(Connection& db, const View& view, ProductId id)
{
    const auto product = db.one(u"SELECT p.vendor_id, COALESCE(c.code, 'standard') FROM product p LEFT JOIN cancellation_policy c ON c.id = p.cancellation_policy_id "
                                "WHERE p.id = ? AND p.kind = 'reservation'"_s,
        {id});
    if (!product || !view.sees(product->id<VendorId>(0)))
        notFound();
    const Page<CancellationPolicy> revisions = listPolicies(db, product->text(1));
    if (revisions.items.empty())
        notFound();
    return revisions.items.front();
}

CancellationPolicy choosePolicy(Txn& txn, const View& view, ProductId id, std::int64_t version, const PolicyChoice& choice)
{
    txn.lock("product", id.value);
    const auto before = productDetail(txn.db(), view, id);
    if (!before || before->summary.kind != ProductKind::Reservation)
        notFound();
    if (before->summary.version != version)
        versionMismatch(before->summary.version, protocol::toJson(*before));
    const Page<CancellationPolicy> revisions = listPolicies(txn.db(), choice.code);
    if (revisions.items.empty())
        refuseField(u"/code"_s, "unknown", u"there is no such policy"_s);
    const CancellationPolicy& newest = revisions.items.front();
    txn.db().exec(u"UPDATE product SET cancellation_policy_id = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?"_s, {newest.id, txn.now(), id, version});
    txn.audit(u"product.policy"_s, u"product"_s, id.value, json::object{{"policy", protocol::utf8(newest.code)}, {"revision", newest.revision}});
    publishProduct(txn, id);
    return newest;
}

} // namespace naru::server
