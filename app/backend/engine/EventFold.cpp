// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/EventFold.h"

#include "protocol/SecurityFields.h"
#include "protocol/SlotRuleFields.h"
#include "protocol/WaitlistFields.h"

namespace naru::backend {

using protocol::StockChanged;
namespace topic = protocol::topic;

namespace {

constexpr char kSlotTopic[] = "slot.changed";
constexpr char kSlotRuleTopic[] = "slot_rule.changed";
constexpr char kConflictTopic[] = "session_conflict.changed";

QString idOf(const StockChanged& x) { return x.level.id.toString(); }
std::int64_t versionOf(const StockChanged& x) { return x.level.version; }
template <class T> QString idOf(const T& x) { return x.id.toString(); }
template <class T> std::int64_t versionOf(const T& x) { return x.version; }

} // namespace

std::optional<Error> EventFold::add(const QByteArray& name, const QByteArray& data)
{
    if (name == topic::kProduct)
        return file<ProductSummary>(EntityKind::Product, topic::kProduct, data);
    if (name == topic::kVendorOrder)
        return file<VendorOrderCard>(EntityKind::VendorOrder, topic::kVendorOrder, data);
    if (name == topic::kTicket)
        return file<Ticket>(EntityKind::Ticket, topic::kTicket, data);
    if (name == topic::kHold)
        return file<Hold>(EntityKind::Hold, topic::kHold, data);
    if (name == topic::kReservation)
        return file<Reservation>(EntityKind::Reservation, topic::kReservation, data);
    if (name == topic::kStock)
        return file<StockChanged>(EntityKind::None, topic::kStock, data);
    if (name == topic::kVendor)
        return file<Vendor>(EntityKind::Vendor, topic::kVendor, data);
    if (name == topic::kWaitlist)
        return file<WaitlistEntry>(EntityKind::WaitlistEntry, topic::kWaitlist, data);
    if (name == topic::kOpening)
        return file<Opening>(EntityKind::Opening, topic::kOpening, data);
    if (name == kSlotTopic)
        return file<Slot>(EntityKind::None, kSlotTopic, data);
    if (name == kSlotRuleTopic)
        return file<SlotRule>(EntityKind::SlotRule, kSlotRuleTopic, data);
    if (name == kConflictTopic)
        return file<Conflict>(EntityKind::None, kConflictTopic, data);
    return std::nullopt; // orders and payments show through their vendor orders; newer servers may say more
}

template <class T> std::optional<Error> EventFold::file(EntityKind kind, const char* name, const QByteArray& data)
{
    std::string raw(data.constData(), static_cast<std::size_t>(data.size()));
    const auto json = protocol::parseJson(raw);
    if (!json)
        return detail::misfit(json.error());
    auto value = protocol::fromJson<T>(*json, false);
    if (!value)
        return detail::misfit(value.error());
    FoldedChange c;
    c.row = {kind, idOf(*value), versionOf(*value), std::move(raw)};
    c.key = std::string(name) + '/' + protocol::utf8(c.row.id);
    c.value = std::move(*value);
    const auto it = m_byKey.find(c.key);
    if (it == m_byKey.end()) {
        m_order.push_back(c.key);
        m_byKey.emplace(c.key, std::move(c));
    } else if (c.row.version >= it->second.row.version) {
        it->second = std::move(c);
    }
    return std::nullopt;
}

std::vector<FoldedChange> EventFold::take()
{
    std::vector<FoldedChange> out;
    out.reserve(m_order.size());
    for (const std::string& key : m_order)
        out.push_back(std::move(m_byKey.at(key)));
    m_order.clear();
    m_byKey.clear();
    return out;
}

} // namespace naru::backend
