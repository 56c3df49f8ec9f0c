// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/BookingTerms.h"
#include "server/engine/Openings.h"
#include "server/engine/Waitlist.h"
#include "server/engine/WaitlistViews.h"
#include "unit/server/engine/EngineFixture.h"

namespace naru::test {

// The engine's fixture with more customers, and short words for what waiting lists are about.
class WaitlistFixture : public EngineFixture {
public:
    CustomerId person(const QString& name)
    {
        const CustomerId id{Id128::make(toUnixMs(clock.now()), rng.next64() & 0xFFFF, rng.next64())};
        db->exec(u"INSERT INTO customer (id, display_name, created_at) VALUES (?, ?, 1)"_s, {id, name});
        return id;
    }
    NewTicket wish(const CustomerId& who, const ItemId& item, std::int64_t qty, TicketGoal goal = TicketGoal::Confirm)
    {
        NewTicket t = want({{item, qty}}, goal);
        t.customerId = who;
        return t;
    }
    // Takes seats that come back with `giveBack`.
    HoldId take(const ItemId& item, std::int64_t qty)
    {
        const Ticket t = decide(wish(other, item, qty, TicketGoal::Hold));
        if (t.status != TicketStatus::Held)
            qFatal("seats could not be taken");
        return *t.holdId;
    }
    QString giveBack(const HoldId& hold)
    {
        return write('C', [&](Txn& txn) { releaseHold(txn, hold, u"test"_s); });
    }
    std::optional<WaitlistEntryId> lastEntry;
    QString join(const CustomerId& who, const ItemId& item, std::int64_t size)
    {
        lastEntry.reset();
        const QString key = u"wait:%1"_s.arg(++m_joins);
        return write('C', [&](Txn& txn) { lastEntry = waitFor(txn, {item, who, size}, key, key); });
    }
    WaitlistEntry waits(const CustomerId& who, const ItemId& item, std::int64_t size)
    {
        const QString code = join(who, item, size);
        if (!code.isEmpty())
            qFatal("could not join: %s", qPrintable(code));
        return entry(*lastEntry);
    }
    WaitlistEntry entry(const WaitlistEntryId& id) { return readEntry(*db, id).value(); }
    Ticket ticket(const TicketId& id) { return readTicket(*db, id).value(); }
    bool kept(const ItemId& item) { return (number(u"SELECT special FROM inventory_item WHERE id = ?"_s, {item}) & special::kKept) != 0; }
    void sweep()
    {
        engine->sweepNow();
        writer->run();
    }
    void limit(const ProductId& product, std::optional<std::int64_t> most, LimitScope scope)
    {
        write('O', [&](Txn& txn) {
            BookingTermsPatch patch;
            patch.limitPerCustomer = most;
            patch.limitScope = scope;
            setBookingTerms(txn, readBookingTerms(txn.db(), product, {}).value(), patch);
        });
    }

private:
    int m_joins = 0;
};

} // namespace naru::test
