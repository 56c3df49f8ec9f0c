// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "server/store/Connection.h"

#include <QDateTime>
#include <map>
#include <set>
#include <unordered_map>

namespace naru::server {

// How an inventory item is called: the product's title and, for a slot, when it starts.
struct ItemLabel {
    VendorId vendorId;
    ProductId productId;
    VariantId variantId;
    std::optional<SlotId> slotId;
    std::int64_t productVersion = 0;
    QString title; // of the product
    QString option; // "올리브 · M"
    Instant startsAt{};
    QString localDate; // yyyy-MM-dd; empty for goods
    QString label; // start time "17:30", or the option of a stay; empty for goods
    QString full; // "선셋 요트 90분 11/28 17:30"
};

// Slots at least this long are stays: their day says it, the hour does not.
inline constexpr std::int64_t kStayMs = 20 * 3'600'000LL;

QDateTime localTime(Instant at, const QString& tz); // an unknown zone reads as UTC
std::optional<ItemLabel> readLabel(Connection& db, const ItemId& item, const QString& lang);
// Many in two statements; items that are not there are left out.
std::unordered_map<ItemId, ItemLabel> readLabels(Connection& db, const QStringList& items, const QString& lang);
// "선셋 요트 90분 11/28 17:30 외 1건"
QString titleOfLines(const QString& first, std::size_t lineCount, const QString& lang);

// Labels and customer names as read before, each language by itself. One thread; entries of another product version are read again.
class LabelCache {
public:
    // nullptr: there is no such item.
    const ItemLabel* item(Connection& db, const ItemId& id, const QString& lang, std::optional<std::int64_t> productVersion = {});
    // A null text: there is no such customer.
    const QString& customer(Connection& db, const CustomerId& id);
    // What is missing of these, at once.
    void load(Connection& db, const std::vector<std::pair<ItemId, std::int64_t>>& itemsWithProductVersion, const QString& lang);
    void load(Connection& db, const std::set<CustomerId>& customers);
    void trim(); // starts afresh when it has grown large; pointers given out before are void

private:
    std::unordered_map<ItemId, ItemLabel>& of(const QString& lang) { return m_items[lang]; }

    std::map<QString, std::unordered_map<ItemId, ItemLabel>> m_items; // by language
    std::unordered_map<CustomerId, QString> m_customers;
    QString m_unknown;
};

} // namespace naru::server
