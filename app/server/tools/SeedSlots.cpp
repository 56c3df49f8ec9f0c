// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/Json.h"
#include "server/domain/SlotRules.h"
#include "server/tools/SeedWorld.h"

#include <QDateTime>
#include <QTimeZone>

namespace naru::server::seed {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPastDays = 14;
constexpr int kNextDays = 60;
constexpr int kCutoffMin = 60; // of what is not a stay
constexpr std::size_t kRowsPerStatement = 60;

// Most run every day.
QString ruleOf(const QString& code)
{
    static const std::map<QString, QString> others{{u"KILN"_s, u"FREQ=MONTHLY;BYDAY=2SA,4SA"_s}, {u"NIGHT"_s, u"FREQ=WEEKLY;BYDAY=FR"_s}, {u"CIRCLE"_s, u"FREQ=WEEKLY;BYDAY=TU,TH"_s},
        {u"YOGA"_s, u"FREQ=WEEKLY;BYDAY=SA,SU"_s}, {u"FARM"_s, u"FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA,SU"_s}};
    const auto it = others.find(code);
    return it == others.end() ? u"FREQ=DAILY"_s : it->second;
}

// Gathers rows and inserts many with one statement: 7,000 slots would otherwise be 20,000 statements.
class Bulk {
public:
    Bulk(Connection& db, const QString& head, int columns) : m_db(db), m_head(head)
    {
        QStringList marks;
        for (int i = 0; i < columns; ++i)
            marks << u"?"_s;
        m_row = u'(' + marks.join(u", "_s) + u')';
    }
    void add(const Params& row)
    {
        m_params.insert(m_params.end(), row.begin(), row.end());
        if (++m_count == kRowsPerStatement)
            flush();
    }
    void flush()
    {
        if (m_count == 0)
            return;
        QStringList rows;
        for (std::size_t i = 0; i < m_count; ++i)
            rows << m_row;
        m_db.exec(m_head + u" VALUES "_s + rows.join(u", "_s), m_params);
        m_params.clear();
        m_count = 0;
    }

private:
    Connection& m_db;
    QString m_head;
    QString m_row;
    Params m_params;
    std::size_t m_count = 0;
};

struct Calendar {
    Bulk slots;
    Bulk items;
    Bulk ledger;
    explicit Calendar(Connection& db)
        : slots(db, u"INSERT INTO slot (id, product_id, variant_id, slot_rule_id, starts_at, ends_at, tz, local_date, status)"_s, 9)
        , items(db, u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id, on_hand, ledger_seq, version)"_s, 8)
        , ledger(db, u"INSERT INTO stock_movement (inventory_item_id, seq, kind, d_on_hand, reason, actor_id, request_id, at)"_s, 8)
    {
    }
    void flush()
    {
        slots.flush(); // in the order of their references
        items.flush();
        ledger.flush();
    }
};

struct Opening {
    const Bookable& plan;
    const SeedVendor& vendor;
    ProductId product;
    VariantId variant;
    SlotRuleId rule;
};

void openDay(World& w, Txn& txn, Calendar& calendar, const Opening& o, const QTimeZone& zone, const QDate& day, const QTime& time, std::size_t& before)
{
    const Instant starts = fromUnixMs(QDateTime(day, time, zone).toMSecsSinceEpoch());
    const auto slot = txn.newId<SlotId>();
    const auto item = txn.newId<ItemId>();
    calendar.slots.add({slot, o.product, o.variant, o.rule, starts, starts + std::chrono::minutes(o.plan.durationMin), u"Asia/Seoul"_s, day.toString(Qt::ISODate), u"open"_s});
    calendar.items.add({item, u"capacity"_s, o.vendor.id, o.variant, slot, o.plan.capacity, 1, 2});
    calendar.ledger.add({item, 1, u"received"_s, o.plan.capacity, u"일정 열기"_s, txn.actor().userId, item.toString(), txn.now()});
    SeedSlot known{item, o.vendor.id, starts, o.plan.capacity, o.plan.popularity, o.plan.durationMin >= 20 * 60, 0};
    const bool weekend = day.dayOfWeek() >= 6;
    known.popularity = std::clamp(known.popularity + (weekend ? 14 : -6) + w.rng.between(-22, 20), 2, 118); // over 100: somebody is refused
    if (known.stay && before != 0)
        w.slots[before].nextDay = w.slots.size();
    before = w.slots.size();
    w.slots.push_back(known);
}

// The rule of one start time, for all variants of the product, and the days it has made.
SlotRuleId writeRule(World& w, Txn& txn, const Bookable& plan, ProductId product, const QString& start, int variants, const QDate& today, const Recurrence& recurrence)
{
    const auto id = txn.newId<SlotRuleId>();
    const bool stay = plan.durationMin >= 20 * 60;
    w.db.exec(u"INSERT INTO slot_rule (id, product_id, rrule, tz, start_local, duration_min, capacity, cutoff_min, valid_from, made_until, made_variants) "
              "VALUES (?, ?, ?, 'Asia/Seoul', ?, ?, ?, ?, ?, ?, ?)"_s,
        {id, product, recurrence.text(), start, plan.durationMin, plan.capacity, stay ? 0 : kCutoffMin, today.addDays(-kPastDays).toString(Qt::ISODate),
            today.addDays(kNextDays).toString(Qt::ISODate), variants});
    return id;
}

void openProduct(World& w, Txn& txn, Calendar& calendar, const Bookable& plan, const SeedVendor& vendor, ProductId product)
{
    const QTimeZone zone("Asia/Seoul");
    const QDate today = QDateTime::fromMSecsSinceEpoch(toUnixMs(w.now), zone).date();
    const Rows variants = w.db.query(u"SELECT id FROM variant WHERE product_id = ? ORDER BY position"_s, {product});
    const auto recurrence = Recurrence::parse(ruleOf(QString::fromUtf8(plan.code)));
    if (!recurrence)
        throw StoreError(StoreError::Kind::Other, "a rule of the demo market does not read");
    const std::vector<QDate> days = recurrence->days(today.addDays(-kPastDays), today.addDays(-kPastDays), today.addDays(kNextDays));
    for (const char* time : plan.times) {
        const QString start = QString::fromLatin1(time);
        const SlotRuleId rule = writeRule(w, txn, plan, product, start, static_cast<int>(variants.size()), today, *recurrence);
        for (const Row& variant : variants) {
            std::size_t before = 0;
            for (const QDate& day : days)
                openDay(w, txn, calendar, {plan, vendor, product, variant.id<VariantId>(0), rule}, zone, day, QTime::fromString(start, u"HH:mm"_s), before);
        }
    }
}

} // namespace

void makeSlots(World& w)
{
    w.slots.push_back({}); // index 0 stands for none
    Calendar calendar(w.db);
    const Instant opened = w.now - std::chrono::hours(24 * 36);
    for (const Bookable& b : bookables()) {
        const SeedVendor& vendor = w.vendors.at(QString::fromUtf8(b.vendor));
        const auto product = w.db.one(u"SELECT id FROM product WHERE vendor_id = ? AND code = ?"_s, {vendor.id, u"R-"_s + QString::fromUtf8(b.code)})->id<ProductId>(0);
        Txn txn = w.at(opened + w.rng.minutes(0, 600), w.manager(vendor.id));
        const std::size_t first = w.slots.size();
        openProduct(w, txn, calendar, b, vendor, product);
        txn.audit(u"slots.opened"_s, u"product"_s, product.value, protocol::json::object{{"slots", w.slots.size() - first}});
    }
    calendar.flush();
}

} // namespace naru::server::seed
