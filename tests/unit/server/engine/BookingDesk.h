// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/domain/Policies.h"
#include "server/engine/CancellationBatch.h"
#include "server/engine/CancellationReads.h"
#include "support/PaidOrder.h"
#include "unit/server/engine/EngineFixture.h"

namespace naru::test {

// The engine's fixture with what tests of booked reservations need: policies, paid bookings, requests in one batch.
class BookingDesk : public EngineFixture {
public:
    // A revision of this code; the yacht sells under it from now on.
    CancellationPolicy sellUnder(std::vector<CancellationTier> tiers, int noShowFeeBps = 0, const QString& code = u"standard"_s)
    {
        CancellationPolicy made;
        const QString trouble = write('O', [&](Txn& txn) {
            NewPolicy wanted;
            wanted.code = code;
            wanted.baseRevision = txn.db().one(u"SELECT COALESCE(MAX(revision), 0) FROM cancellation_policy WHERE code = ?"_s, {code})->number(0);
            wanted.noShowFeeBps = noShowFeeBps;
            wanted.tiers = std::move(tiers);
            made = createPolicyRevision(txn, wanted);
            if (!txn.db().one(u"SELECT cancellation_policy_id FROM product WHERE id = ? AND cancellation_policy_id IS NOT NULL"_s, {yacht}))
                txn.db().exec(u"UPDATE product SET cancellation_policy_id = ? WHERE id = ?"_s, {made.id, yacht});
        });
        if (!trouble.isEmpty())
            qFatal("no policy: %s", qPrintable(trouble));
        return made;
    }
    ReservationId book(std::vector<TicketLine> lines)
    {
        const Ticket t = decide(want(std::move(lines)));
        if (!t.reservationId)
            qFatal("not booked");
        return *t.reservationId;
    }
    ReservationId bookPaid(std::vector<TicketLine> lines, std::int64_t captured)
    {
        const ReservationId id = book(std::move(lines));
        write('O', [&](Txn& txn) { payment = payFor(txn, id, captured); });
        return id;
    }
    Booked booked(const ReservationId& id) { return readBooked(*db, {id}, false).at(0); }
    ReservationDetail detail(const ReservationId& id, const ViewFor& who = {}) { return *readDetail(*db, id, who); }
    CancellationQuote quote(const ReservationId& id) { return *readQuote(*db, id, {}, clock.now()); }
    Instant startOf(const ItemId& item) { return db->one(u"SELECT s.starts_at FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE i.id = ?"_s, {item})->instant(0); }

    // The problem code; empty when it went through.
    QString cancel(char letter, const ReservationId& id, const CancelRequest& request = {})
    {
        return write(letter, [&](Txn& txn) { cancelReservation(txn, id, request); });
    }
    CancelAsk cancelAsk(char letter, const ReservationId& id, std::optional<std::int64_t> version = {}, const QString& key = {}) const
    {
        CancelAsk ask;
        ask.actor = actor(letter);
        ask.id = id;
        ask.version = version;
        if (!key.isEmpty())
            ask.key = RequestKey{user.toString(), key, u"hash"_s};
        return ask;
    }
    // All in one transaction.
    std::vector<CancelOutcome> cancelAll(const std::vector<CancelAsk>& asks)
    {
        std::vector<CancelOutcome> out;
        const QString trouble = write('S', [&](Txn& txn) {
            LabelCache labels;
            PolicyCache policies;
            out = CancellationBatch(txn, asks, labels, policies).run();
        });
        if (!trouble.isEmpty())
            qFatal("the batch failed: %s", qPrintable(trouble));
        return out;
    }

    PaymentId payment;
};

} // namespace naru::test
