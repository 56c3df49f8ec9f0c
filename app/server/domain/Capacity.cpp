// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Capacity.h"

#include "protocol/SlotRuleFields.h"
#include "server/domain/Affected.h"
#include "server/domain/Slots.h"
#include "server/domain/Stock.h"
#include "server/engine/CancellationBatch.h"
#include "server/engine/Freed.h"
#include "server/engine/Holds.h"
#include "server/engine/Stock.h"

#include <QDate>
#include <map>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxRange = 1'000; // slots of one request

struct Subject {
    StockItem stock;
    bool isSlot = false;
    SlotId slot;
    SlotStatus status = SlotStatus::Open;
    Instant startsAt{};

    std::int64_t sold() const { return stock.allocated + stock.held; }
};

// What will be done to one item, or by how much it falls short.
struct Step {
    std::size_t subject = 0;
    std::int64_t missing = 0; // sold seats without a place; 0: nothing stands in the way
};

class Change {
public:
    Change(Txn& txn, const View& view, const CapacityChange& change) : m_txn(txn), m_view(view), m_change(change) {}

    CapacityResult run()
    {
        check();
        load(itemIds());
        checkExpected();
        std::vector<AffectedAsk> affected = conflicts();
        if (!affected.empty() && !m_change.choice)
            refuse(affected);
        if (!affected.empty() && m_change.choice == CapacityChoice::CancelChosen)
            cancelChosen(affected);
        for (Subject& s : m_subjects)
            apply(s);
        reopenQuietly();
        if (!m_freed.empty())
            offerFreed(m_txn, m_freed);
        return result();
    }

private:
    bool needsValue() const { return m_change.action == CapacityAction::Capacity || m_change.action == CapacityAction::Overbook || m_change.action == CapacityAction::Safety; }
    std::int64_t value() const { return m_change.value.value_or(0); }

    void check() const
    {
        if (m_change.reason.trimmed().isEmpty())
            refuseField(u"/reason"_s, "required", u"a change of capacity needs its reason"_s);
        if (m_change.targets.empty() == !m_change.range)
            refuseField(u"/targets"_s, "required", u"name either targets or a range"_s);
        if (needsValue() != m_change.value.has_value())
            refuseField(u"/value"_s, "value", needsValue() ? u"this action needs a value"_s : u"this action has no value"_s);
        if (m_change.choice != CapacityChoice::CancelChosen && !m_change.cancel.empty())
            refuseField(u"/cancel"_s, "choice", u"belongs to the choice cancel_chosen"_s);
        if (m_change.choice) {
            const auto open = choices();
            if (std::find(open.begin(), open.end(), *m_change.choice) == open.end())
                refuseField(u"/choice"_s, "choice", u"is no choice of this action"_s);
        }
    }

    std::vector<CapacityChoice> choices() const
    {
        using C = CapacityChoice;
        std::vector<C> out;
        if (m_change.action == CapacityAction::Capacity)
            out = {C::KeepOverbooked, C::StopSelling, C::LowerToSold};
        else if (m_change.action == CapacityAction::Close)
            out = {C::StopSelling};
        else if (m_change.action == CapacityAction::Overbook)
            out = {C::LowerToSold};
        if (!out.empty() && m_txn.actor().letter == 'O') // who may cancel others' reservations and give everything back
            out.push_back(C::CancelChosen);
        return out;
    }

    QStringList itemIds() const
    {
        QStringList ids;
        if (!m_change.range) {
            for (const CapacityTarget& t : m_change.targets)
                ids << t.itemId.toString();
            return ids;
        }
        const SlotRange& range = *m_change.range;
        for (const auto& [field, text] : {std::pair(u"/range/from"_s, range.from), std::pair(u"/range/to"_s, range.to)})
            if (!QDate::fromString(text, Qt::ISODate).isValid())
                refuseField(field, "date", u"must be a day: yyyy-mm-dd"_s);
        QString sql = u"SELECT i.id FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE s.product_id = ? AND s.local_date >= ? AND s.local_date <= ? "
                      "AND s.starts_at > ? AND s.status IN ('open','closed')"_s;
        Params params{range.productId, range.from, range.to, m_txn.now()};
        if (range.variantId) {
            sql += u" AND s.variant_id = ?"_s;
            params.emplace_back(*range.variantId);
        }
        if (m_view.vendor) {
            sql += u" AND i.vendor_id = ?"_s;
            params.emplace_back(*m_view.vendor);
        }
        for (const Row& row : m_txn.db().query(sql + u" ORDER BY i.id LIMIT ?"_s, [&] { params.emplace_back(kMaxRange + 1); return params; }()))
            ids << row.text(0);
        if (ids.isEmpty())
            throw ProblemError(409, "no-slots", u"there is no upcoming slot on these days"_s);
        if (ids.size() > kMaxRange)
            refuseField(u"/range"_s, "range", u"holds more than %1 slots; use fewer days"_s.arg(kMaxRange));
        return ids;
    }

    // The rows under their lock, in id order.
    void load(const QStringList& ids)
    {
        const Rows rows = m_txn.db().query(
            u"SELECT id, vendor_id, on_hand, allocated, held, overbook, safety, ledger_seq, version, slot_id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {ids});
        std::set<ItemId> wanted;
        for (const QString& id : ids)
            wanted.insert(ItemId::parse(QStringView(id)).value_or(ItemId{}));
        if (rows.size() != wanted.size())
            notFound();
        QStringList slotIds;
        for (const Row& row : rows) {
            Subject s;
            s.stock = {row.id<ItemId>(0), row.id<VendorId>(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8)};
            if (!m_view.sees(s.stock.vendorId))
                notFound();
            s.isSlot = !row.isNull(9);
            s.slot = row.id<SlotId>(9);
            if (s.isSlot)
                slotIds << row.text(9);
            else if (m_change.action != CapacityAction::Overbook && m_change.action != CapacityAction::Safety)
                refuseField(u"/targets"_s, "kind", u"stock of goods has no capacity; receive or adjust it"_s);
            m_index[s.stock.id] = m_subjects.size();
            m_subjects.push_back(s);
        }
        std::map<SlotId, std::pair<SlotStatus, Instant>> slotRows;
        for (const Row& row : m_txn.db().query(u"SELECT id, status, starts_at FROM slot WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {slotIds}))
            slotRows[row.id<SlotId>(0)] = {protocol::fromWire<SlotStatus>(row.text(1)).value_or(SlotStatus::Closed), row.instant(2)};
        for (Subject& s : m_subjects) {
            if (!s.isSlot)
                continue;
            std::tie(s.status, s.startsAt) = slotRows[s.slot];
            if (s.startsAt <= m_txn.now())
                throw ProblemError(409, "slot-begun", u"a slot that has begun keeps its capacity; nothing was changed"_s);
        }
    }

    std::int64_t figure(const Subject& s) const
    {
        switch (m_change.action) {
        case CapacityAction::Overbook:
            return s.stock.overbook;
        case CapacityAction::Safety:
            return s.stock.safety;
        default:
            return s.stock.onHand;
        }
    }

    void checkExpected() const
    {
        for (const CapacityTarget& t : m_change.targets) {
            const Subject& s = m_subjects[m_index.at(t.itemId)];
            if (t.expected && *t.expected != figure(s)) {
                protocol::Problem p;
                p.status = 409;
                p.code = u"figure-changed"_s;
                p.detail = u"somebody changed the figure to %1 meanwhile; nothing was changed"_s.arg(figure(s));
                p.extra["current"] = protocol::toJson(*readStockLevel(m_txn.db(), t.itemId));
                throw ProblemError(std::move(p));
            }
        }
    }

    std::int64_t missing(const Subject& s) const
    {
        switch (m_change.action) {
        case CapacityAction::Capacity:
            return std::max<std::int64_t>(0, s.sold() - value() - s.stock.overbook);
        case CapacityAction::Overbook:
            return std::max<std::int64_t>(0, s.sold() - s.stock.onHand - value());
        case CapacityAction::Close:
            return s.status == SlotStatus::Open ? s.sold() : 0;
        case CapacityAction::Open:
        case CapacityAction::Safety:
            break;
        }
        return 0;
    }

    std::vector<AffectedAsk> conflicts() const
    {
        std::vector<AffectedAsk> out;
        for (const Subject& s : m_subjects) {
            const std::int64_t n = missing(s);
            if (n > 0)
                out.push_back({s.stock.id, m_change.action == CapacityAction::Capacity ? m_change.value : std::nullopt, n});
        }
        return out;
    }

    [[noreturn]] void refuse(const std::vector<AffectedAsk>& affected) const
    {
        CapacityImpact impact;
        impact.total = static_cast<int>(affected.size());
        impact.slots = affectedSlots(m_txn.db(), m_view, {affected.begin(), affected.begin() + static_cast<std::ptrdiff_t>(std::min(affected.size(), kMaxAffected))});
        impact.choices = choices();
        protocol::Problem p;
        p.status = 409;
        p.code = u"capacity-below-sold"_s;
        p.detail = u"%1 of %2 have sold more than would be left; choose what becomes of it"_s.arg(affected.size()).arg(m_subjects.size());
        p.extra["impact"] = protocol::toJson(impact);
        throw ProblemError(std::move(p));
    }

    // The seats must not be sold again, nor offered to the waiting list, before they are taken away: the slots are closed for
    // the length of this transaction. What then still stands in the way is refused, and all of it is as before.
    void cancelChosen(const std::vector<AffectedAsk>& affected)
    {
        std::set<ReservationId> known;
        for (const AffectedSlot& slot : affectedSlots(m_txn.db(), m_view, affected))
            for (const AffectedParty& party : slot.parties)
                if (party.reservationId)
                    known.insert(*party.reservationId);
        for (std::size_t i = 0; i < m_change.cancel.size(); ++i)
            if (known.count(m_change.cancel[i]) == 0)
                refuseField(u"/cancel/%1"_s.arg(i), "unknown", u"has no part in what is changed"_s);
        for (const AffectedAsk& ask : affected) {
            Subject& s = m_subjects[m_index.at(ask.item)];
            if (s.isSlot && s.status == SlotStatus::Open) {
                m_txn.db().exec(u"UPDATE slot SET status = 'closed' WHERE id = ?"_s, {s.slot});
                m_quiet.insert(s.stock.id);
            }
        }
        for (const ReservationId& id : std::set<ReservationId>(m_change.cancel.begin(), m_change.cancel.end())) {
            cancelByOperator(id);
            m_cancelled.push_back(id);
        }
        for (Subject& s : m_subjects)
            s.stock = lockStock(m_txn, s.stock.id);
        if (m_change.action == CapacityAction::Close)
            return; // who was not chosen keeps the place
        const std::vector<AffectedAsk> left = conflicts();
        if (!left.empty())
            refuse(left);
    }

    // Nobody pays for what the operator takes away: everything that was paid comes back.
    void cancelByOperator(const ReservationId& id)
    {
        CancelRequest request;
        request.reason = u"closed by operator: "_s + m_change.reason;
        request.refundMinor = readPaid(m_txn.db(), bookedOr404(m_txn.db(), id, {}, true)).minor;
        cancelReservation(m_txn, id, request);
    }

    void apply(Subject& s)
    {
        switch (m_change.action) {
        case CapacityAction::Capacity:
            return applyCapacity(s);
        case CapacityAction::Overbook:
            return setFigure(s, "overbook", std::max(value(), m_change.choice == CapacityChoice::LowerToSold ? s.sold() - s.stock.onHand : 0));
        case CapacityAction::Safety:
            return setFigure(s, "safety", value());
        case CapacityAction::Close:
            return setStatus(s, SlotStatus::Closed);
        case CapacityAction::Open:
            return setStatus(s, SlotStatus::Open);
        }
    }

    void applyCapacity(Subject& s)
    {
        const std::int64_t lacking = missing(s);
        std::int64_t onHand = value();
        if (lacking > 0) {
            if (m_change.choice == CapacityChoice::StopSelling)
                return setStatus(s, SlotStatus::Closed);
            if (m_change.choice == CapacityChoice::KeepOverbooked)
                setFigure(s, "overbook", s.stock.overbook + lacking);
            else
                onHand = std::max(onHand, s.sold() - s.stock.overbook);
        }
        const std::int64_t delta = onHand - s.stock.onHand;
        if (delta == 0)
            return;
        noteAudit(s, "on_hand", s.stock.onHand, onHand);
        changeOnHand(m_txn, s.stock.id, u"adjusted"_s, delta, m_change.reason); // offers what it adds itself: a second walk would pass parties over twice
        s.stock = lockStock(m_txn, s.stock.id);
        touched(s, false);
    }

    void setFigure(Subject& s, const char* column, std::int64_t to)
    {
        const bool overbook = column == std::string_view("overbook");
        std::int64_t& now = overbook ? s.stock.overbook : s.stock.safety;
        if (now == to)
            return;
        const bool more = overbook ? to > now : to < now;
        noteAudit(s, column, now, to);
        const QString sql = u"UPDATE inventory_item SET %1 = ?, version = version + 1 WHERE id = ? AND version = ?"_s.arg(QLatin1StringView(column));
        if (m_txn.db().exec(sql, {to, s.stock.id, s.stock.version}) != 1)
            throw StoreError(StoreError::Kind::Other, "an item changed under its lock");
        now = to;
        ++s.stock.version;
        publishStock(m_txn, s.stock.id);
        touched(s, more);
    }

    void setStatus(Subject& s, SlotStatus to)
    {
        m_quiet.erase(s.stock.id);
        if (s.status == to)
            return;
        m_txn.audit(u"slot."_s + protocol::wireText(to), u"slot"_s, s.slot.value,
            protocol::json::object{{"status", protocol::json::array{protocol::wireName(s.status), protocol::wireName(to)}}, {"reason", protocol::utf8(m_change.reason)}});
        setSlotStatus(m_txn, s.slot, to);
        s.status = to;
        touched(s, to == SlotStatus::Open);
    }

    void noteAudit(const Subject& s, const char* figure, std::int64_t from, std::int64_t to)
    {
        m_txn.audit(u"stock."_s + QLatin1StringView(figure), u"inventory_item"_s, s.stock.id.value,
            protocol::json::object{{figure, protocol::json::array{from, to}}, {"reason", protocol::utf8(m_change.reason)}});
    }

    void touched(const Subject& s, bool more)
    {
        m_touched.insert(s.stock.id);
        if (more && (!s.isSlot || s.status == SlotStatus::Open))
            m_freed.insert(s.stock.id);
    }

    // What cancelChosen closed for the moment is open again; nobody has seen it closed. Freed seats that are left over go on.
    void reopenQuietly()
    {
        for (const ItemId& id : m_quiet) {
            const Subject& s = m_subjects[m_index.at(id)];
            m_txn.db().exec(u"UPDATE slot SET status = 'open' WHERE id = ?"_s, {s.slot});
            m_freed.insert(id);
        }
    }

    CapacityResult result()
    {
        CapacityResult out;
        for (const Subject& s : m_subjects)
            out.levels.push_back(*readStockLevel(m_txn.db(), s.stock.id));
        out.changed = static_cast<int>(m_touched.size());
        out.cancelled = m_cancelled;
        return out;
    }

    Txn& m_txn;
    const View& m_view;
    const CapacityChange& m_change;
    std::vector<Subject> m_subjects; // in id order
    std::map<ItemId, std::size_t> m_index;
    std::set<ItemId> m_touched;
    std::set<ItemId> m_freed;
    std::set<ItemId> m_quiet;
    std::vector<ReservationId> m_cancelled;
};

} // namespace

CapacityResult changeCapacity(Txn& txn, const View& view, const CapacityChange& change)
{
    return Change(txn, view, change).run();
}

} // namespace naru::server
