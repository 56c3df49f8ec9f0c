// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/SimStore.h"

#include "server/engine/Labels.h"
#include "server/store/Database.h"
#include "support/FakeClock.h"

namespace naru::sim {

using namespace Qt::StringLiterals;
using namespace server;

SimStore::SimStore()
{
    auto opened = SqliteConnection::open(u":memory:"_s, SqliteConnection::Mode::Writer);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_db = std::move(*opened);
    migrate(*m_db);
    m_db->exec(u"PRAGMA synchronous=OFF"_s);
    m_db->exec(u"PRAGMA temp_store=MEMORY"_s);
    fill();
}

void SimStore::begin() { m_db->exec(u"BEGIN"_s); }

void SimStore::putBack() { m_db->exec(u"ROLLBACK"_s); }

void SimStore::fill()
{
    const test::FakeClock clock;
    test::FakeRng rng(7);
    const auto id = [&](auto tag) { return decltype(tag){Id128::make(toUnixMs(clock.now()), rng.next64() & 0xFFFF, rng.next64())}; };
    user = id(UserId{});
    for (int i = 0; i < 8; ++i) {
        customers.push_back(id(CustomerId{}));
        m_db->exec(u"INSERT INTO customer (id, display_name, created_at) VALUES (?, ?, 1)"_s, {customers.back(), u"손님 %1"_s.arg(i + 1)});
    }
    std::vector<VariantId> variants;
    std::vector<VendorId> sellers;
    for (const QString& code : {u"HANGANG"_s, u"KAYAK"_s}) {
        const auto v = id(VendorId{});
        const auto p = id(ProductId{});
        const auto x = id(VariantId{});
        m_db->exec(u"INSERT INTO vendor (id, code, kind, name, status, payout_currency, tz, accept_sla_min, ship_sla_min, edit_policy, created_at, updated_at) "
                   "VALUES (?, ?, 'marketplace', ?, 'approved', 'KRW', 'Asia/Seoul', 60, 60, 'auto', 1, 1)"_s,
            {v, code, code});
        m_db->exec(u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES (?, ?, ?, 'reservation', 'active', 'std', 1, 1)"_s, {p, v, code});
        m_db->exec(u"INSERT INTO product_text (product_id, lang, title) VALUES (?, 'ko', ?)"_s, {p, code});
        m_db->exec(u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES (?, ?, ?, '', 1, 1)"_s, {x, p, code + u"-1"_s});
        m_db->exec(u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, on_sale, purchasable, valid_from) VALUES (?, ?, ?, 'default', 'KRW', ?, 0, 1, 1)"_s,
            {id(OfferId{}), x, v, kPrice});
        variants.push_back(x);
        sellers.push_back(v);
    }
    for (int i = 0; i < kItems; ++i) {
        const std::size_t seller = i % 3 == 2 ? 1 : 0;
        const auto slot = id(SlotId{});
        items.push_back(id(ItemId{}));
        const Instant starts = clock.now() + Millis((60 + i) * 86'400'000LL); // later than any clock of a seed runs
        m_db->exec(u"INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) SELECT ?, product_id, id, ?, ?, 'Asia/Seoul', ?, 'open' FROM variant WHERE id = ?"_s,
            {slot, starts, starts + Millis(5'400'000), localTime(starts, u"Asia/Seoul"_s).date().toString(Qt::ISODate), variants[seller]});
        m_db->exec(u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id) VALUES (?, 'capacity', ?, ?, ?)"_s, {items.back(), sellers[seller], variants[seller], slot});
    }
    std::sort(items.begin(), items.end());
}

} // namespace naru::sim
