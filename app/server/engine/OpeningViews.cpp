// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/WaitlistFields.h"
#include "server/domain/View.h"
#include "server/engine/Openings.h"

// Openings as the interface shows them.
namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCounted = 100'000;

Opening openingFrom(Connection& db, const Row& row, const ViewFor& who, Instant now)
{
    Opening o;
    o.id = row.id<OpeningId>(0);
    o.vendorId = row.id<VendorId>(1);
    o.productId = row.id<ProductId>(2);
    o.itemId = row.maybeId<ItemId>(3);
    o.state = protocol::fromWire<OpeningState>(row.text(4)).value_or(OpeningState::Cancelled);
    o.registersFrom = row.instant(5);
    o.opensAt = row.instant(6);
    o.commitment = row.text(7);
    o.drawnAt = row.maybeInstant(9);
    if (o.drawnAt)
        o.drawSeed = row.text(8);
    o.createdAt = row.instant(11);
    o.version = row.integer(12);
    o.title = row.text(13);
    if (o.itemId)
        if (const auto label = readLabel(db, *o.itemId, who.lang))
            o.title = label->full;
    if (o.state == OpeningState::Planned && o.registersFrom <= now)
        o.state = OpeningState::Registering;
    if (o.state == OpeningState::Registering || o.state == OpeningState::Drawing || o.state == OpeningState::Cancelled)
        o.undecided = db.one(u"SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE opening_id = ? AND status = 'queued' LIMIT ?) q"_s, {o.id, kCounted})->number(0);
    o.registered = o.drawnAt ? row.number(10) : o.undecided;
    return o;
}

QString openingSql()
{
    return u"SELECT o.id, p.vendor_id, o.product_id, o.inventory_item_id, o.state, o.registers_from, o.opens_at, o.commitment, o.seed, o.drawn_at, o.registered, "
           "o.created_at, o.version, COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), "
           "(SELECT title FROM product_text WHERE product_id = p.id AND lang = 'ko'), p.code) FROM opening o JOIN product p ON p.id = o.product_id WHERE o.id = ?"_s;
}

} // namespace

std::optional<Opening> readOpening(Connection& db, const OpeningId& id, const ViewFor& who, Instant now)
{
    const auto row = db.one(openingSql(), {who.lang, id});
    if (!row || (who.tenant && row->id<VendorId>(1) != *who.tenant))
        return std::nullopt;
    return openingFrom(db, *row, who, now);
}

Page<Opening> listOpenings(Connection& db, const ViewFor& who, const OpeningQuery& query, Instant now)
{
    KeysetQuery k;
    k.rows = u"SELECT o.id AS id, o.opens_at AS k FROM opening o JOIN product p ON p.id = o.product_id WHERE 1 = 1"_s;
    if (who.tenant) {
        k.rows += u" AND p.vendor_id = ?"_s;
        k.params.emplace_back(*who.tenant);
    }
    if (query.state) {
        const bool planned = *query.state == OpeningState::Planned || *query.state == OpeningState::Registering;
        k.rows += u" AND o.state = ?"_s;
        k.params.emplace_back(planned ? std::string_view("planned") : protocol::wireName(*query.state));
        if (planned) {
            k.rows += *query.state == OpeningState::Planned ? u" AND o.registers_from > ?"_s : u" AND o.registers_from <= ?"_s;
            k.params.emplace_back(now);
        }
    }
    k.descending = true;
    k.after = query.after;
    k.limit = query.limit;
    const KeysetPage keys = keysetPage(db, k);
    auto page = emptyPage<Opening>(keys);
    for (const QString& id : keys.ids)
        if (const auto row = db.one(openingSql(), {who.lang, id}))
            page.items.push_back(openingFrom(db, *row, who, now));
    return page;
}

} // namespace naru::server
