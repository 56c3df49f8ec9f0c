// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Page.h"
#include "core/Waitlist.h"

namespace naru::backend {

// Waiting lists, opening draws and what one customer may have. UI thread. Writes answer Conflict (code "version-mismatch")
// when `version` is old.
class WaitlistService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId entries(const WaitlistQuery& query, Reply<Page<WaitlistEntry>> reply) = 0; // GET /v1/waitlist
    virtual CallId waitingSlots(Reply<Page<WaitlistSlot>> reply) = 0; // GET /v1/waitlist/slots
    virtual CallId join(const NewWaitlistEntry& entry, Reply<WaitlistEntry> reply) = 0; // POST /v1/waitlist
    // POST /v1/waitlist/{id}/withdrawal: a waiting party leaves, or an offer is declined.
    virtual CallId withdraw(WaitlistEntryId id, std::int64_t version, const QString& reason, Reply<WaitlistEntry> reply) = 0;
    // POST /v1/waitlist/{id}/acceptance: the offered seats are confirmed.
    virtual CallId accept(WaitlistEntryId id, std::int64_t version, Reply<WaitlistEntry> reply) = 0;

    virtual CallId openings(const OpeningQuery& query, Reply<Page<Opening>> reply) = 0; // GET /v1/openings
    virtual CallId plan(const NewOpening& opening, Reply<Opening> reply) = 0; // POST /v1/openings
    // POST /v1/openings/{id}/cancellation: the registered tickets are cancelled with the reason.
    virtual CallId cancelOpening(OpeningId id, std::int64_t version, const QString& reason, Reply<Opening> reply) = 0;

    virtual CallId bookingTerms(ProductId product, Reply<BookingTerms> reply) = 0; // GET /v1/products/{id}/booking-terms
    virtual CallId setBookingTerms(ProductId product, std::int64_t version, const BookingTermsPatch& terms,
        Reply<BookingTerms> reply) = 0; // PUT /v1/products/{id}/booking-terms

Q_SIGNALS:
    // Live changes, folded per key and at most every 50 ms.
    void entriesChanged(const std::vector<naru::WaitlistEntry>& entries);
    void openingsChanged(const std::vector<naru::Opening>& openings);
};

} // namespace naru::backend
