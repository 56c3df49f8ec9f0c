// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Labels.h"

#include <QTimeZone>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kKeep = 100'000; // entries; then the cache starts afresh

const QTimeZone& zone(const QString& name)
{
    thread_local QHash<QString, QTimeZone> zones; // reading zone data for every row would dominate a list
    auto it = zones.find(name);
    if (it == zones.end()) {
        QTimeZone z(name.toLatin1());
        it = zones.insert(name, z.isValid() ? z : QTimeZone::utc());
    }
    return *it;
}

} // namespace

QDateTime localTime(Instant at, const QString& tz) { return QDateTime::fromMSecsSinceEpoch(toUnixMs(at), zone(tz)); }

std::optional<ItemLabel> readLabel(Connection& db, const ItemId& item, const QString& lang)
{
    static const QString text
        = u"SELECT i.vendor_id, v.product_id, i.variant_id, i.slot_id, p.version, "
          "COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), (SELECT title FROM product_text WHERE product_id = p.id AND lang = 'ko'), p.code), "
          "(SELECT %1(x.label, ' · ') FROM (SELECT ov.label AS label FROM variant_option vo JOIN option_group g ON g.id = vo.option_group_id "
          "JOIN option_value ov ON ov.id = vo.option_value_id WHERE vo.variant_id = v.id ORDER BY g.position) x), "
          "s.starts_at, s.ends_at, s.tz, s.local_date "
          "FROM inventory_item i JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id LEFT JOIN slot s ON s.id = i.slot_id WHERE i.id = ?"_s;
    static const QString forSqlite = text.arg(u"group_concat"_s); // the one function of the two engines that differs by name
    static const QString forPostgres = text.arg(u"string_agg"_s);
    const auto row = db.one(db.engine() == Engine::Postgres ? forPostgres : forSqlite, {lang, item});
    if (!row)
        return std::nullopt;
    ItemLabel l;
    l.vendorId = row->id<VendorId>(0);
    l.productId = row->id<ProductId>(1);
    l.variantId = row->id<VariantId>(2);
    l.slotId = row->maybeId<SlotId>(3);
    l.productVersion = row->integer(4);
    l.title = row->text(5);
    l.option = row->text(6);
    if (!row->isNull(7)) {
        l.startsAt = row->instant(7);
        l.localDate = row->text(10);
        const QDateTime local = localTime(l.startsAt, row->text(9));
        const QString day = local.toString(u"M/d"_s);
        if (row->integer(8) - row->integer(7) >= kStayMs) {
            l.label = l.option.isEmpty() ? l.title : l.option;
            l.full = l.option.isEmpty() ? l.title + u' ' + day : l.title + u' ' + l.option + u' ' + day;
        } else {
            l.label = local.toString(u"HH:mm"_s);
            l.full = l.title + u' ' + day + u' ' + l.label;
        }
    } else {
        l.full = l.option.isEmpty() ? l.title : l.title + u" · "_s + l.option;
    }
    return l;
}

QString titleOfLines(const QString& first, std::size_t lineCount, const QString& lang)
{
    if (lineCount < 2)
        return first;
    const QString more = QString::number(lineCount - 1);
    return lang == u"en"_s ? first + u" and "_s + more + u" more"_s : first + u" 외 "_s + more + u"건"_s;
}

const ItemLabel* LabelCache::item(Connection& db, const ItemId& id, const QString& lang, std::optional<std::int64_t> productVersion)
{
    if (const auto it = m_items.find(id); it != m_items.end()) {
        if (!productVersion || it->second.productVersion == *productVersion)
            return &it->second;
        m_items.erase(it);
    }
    auto read = readLabel(db, id, lang);
    if (!read)
        return nullptr;
    return &m_items.emplace(id, std::move(*read)).first->second;
}

const QString& LabelCache::customer(Connection& db, const CustomerId& id)
{
    if (const auto it = m_customers.find(id); it != m_customers.end())
        return it->second;
    const auto row = db.one(u"SELECT display_name FROM customer WHERE id = ?"_s, {id});
    if (!row)
        return m_unknown;
    const QString name = row->text(0);
    return m_customers.emplace(id, name.isNull() ? u""_s : name).first->second;
}

void LabelCache::trim()
{
    if (m_items.size() > kKeep)
        m_items.clear();
    if (m_customers.size() > kKeep)
        m_customers.clear();
}

} // namespace naru::server
