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

ItemLabel labelOf(const Row& row, const QString& option)
{
    ItemLabel l;
    l.vendorId = row.id<VendorId>(0);
    l.productId = row.id<ProductId>(1);
    l.variantId = row.id<VariantId>(2);
    l.slotId = row.maybeId<SlotId>(3);
    l.productVersion = row.integer(4);
    l.title = row.text(5);
    l.option = option;
    if (row.isNull(7)) {
        l.full = l.option.isEmpty() ? l.title : l.title + u" · "_s + l.option;
        return l;
    }
    l.startsAt = row.instant(7);
    l.localDate = row.text(10);
    const QDateTime local = localTime(l.startsAt, row.text(9));
    const QString day = local.toString(u"M/d"_s);
    if (row.integer(8) - row.integer(7) >= kStayMs) {
        l.label = l.option.isEmpty() ? l.title : l.option;
        l.full = l.option.isEmpty() ? l.title + u' ' + day : l.title + u' ' + l.option + u' ' + day;
    } else {
        l.label = local.toString(u"HH:mm"_s);
        l.full = l.title + u' ' + day + u' ' + l.label;
    }
    return l;
}

} // namespace

QDateTime localTime(Instant at, const QString& tz) { return QDateTime::fromMSecsSinceEpoch(toUnixMs(at), zone(tz)); }

std::optional<ItemLabel> readLabel(Connection& db, const ItemId& item, const QString& lang)
{
    auto labels = readLabels(db, {item.toString()}, lang);
    return labels.empty() ? std::nullopt : std::optional(std::move(labels.begin()->second));
}

std::unordered_map<ItemId, ItemLabel> readLabels(Connection& db, const QStringList& items, const QString& lang)
{
    static const QString sql
        = u"SELECT i.vendor_id, v.product_id, i.variant_id, i.slot_id, p.version, "
          "COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), (SELECT title FROM product_text WHERE product_id = p.id AND lang = 'ko'), p.code), "
          "i.id, s.starts_at, s.ends_at, s.tz, s.local_date "
          "FROM inventory_item i JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id LEFT JOIN slot s ON s.id = i.slot_id WHERE i.id = ANY(?)"_s;
    static const QString optionSql
        = u"SELECT i.id, ov.label FROM inventory_item i JOIN variant_option vo ON vo.variant_id = i.variant_id JOIN option_group g ON g.id = vo.option_group_id "
          "JOIN option_value ov ON ov.id = vo.option_value_id WHERE i.id = ANY(?) ORDER BY g.position"_s;
    std::unordered_map<ItemId, ItemLabel> labels;
    const Rows rows = db.query(sql, {lang, items});
    if (rows.empty())
        return labels;
    std::unordered_map<ItemId, QString> options;
    for (const Row& row : db.query(optionSql, {items})) {
        QString& option = options[row.id<ItemId>(0)];
        option += option.isEmpty() ? row.text(1) : u" · "_s + row.text(1);
    }
    for (const Row& row : rows) {
        const auto id = row.id<ItemId>(6);
        labels.emplace(id, labelOf(row, options[id]));
    }
    return labels;
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
    auto& items = of(lang);
    if (const auto it = items.find(id); it != items.end()) {
        if (!productVersion || it->second.productVersion == *productVersion)
            return &it->second;
        items.erase(it);
    }
    auto read = readLabel(db, id, lang);
    if (!read)
        return nullptr;
    return &items.emplace(id, std::move(*read)).first->second;
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

void LabelCache::load(Connection& db, const std::vector<std::pair<ItemId, std::int64_t>>& items, const QString& lang)
{
    QStringList missing;
    auto& known = of(lang);
    for (const auto& [id, version] : items) {
        const auto it = known.find(id);
        if (it == known.end() || it->second.productVersion != version)
            missing << id.toString();
    }
    if (missing.isEmpty())
        return;
    for (auto& [id, label] : readLabels(db, missing, lang))
        known.insert_or_assign(id, std::move(label));
}

void LabelCache::load(Connection& db, const std::set<CustomerId>& customers)
{
    QStringList missing;
    for (const CustomerId& id : customers)
        if (!m_customers.contains(id))
            missing << id.toString();
    if (missing.isEmpty())
        return;
    for (const Row& row : db.query(u"SELECT id, display_name FROM customer WHERE id = ANY(?)"_s, {missing}))
        m_customers.insert_or_assign(row.id<CustomerId>(0), row.text(1).isNull() ? u""_s : row.text(1));
}

void LabelCache::trim()
{
    for (auto& [lang, items] : m_items)
        if (items.size() > kKeep)
            items.clear();
    if (m_customers.size() > kKeep)
        m_customers.clear();
}

} // namespace naru::server
