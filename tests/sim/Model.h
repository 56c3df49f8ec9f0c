// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <functional>
#include <map>
#include <set>

namespace naru::sim {

// Something a client asked for, and what it heard.
struct Op {
    enum class Kind { Ticket, CancelReservation, Confirm, CancelTicket, Release, Extend, Capacity, Sweep };
    Kind kind = Kind::Ticket;
    int no = 0; // in the order of sending
    QString key; // of a ticket's request; of a cancellation's
    QString about; // the key of the ticket that is confirmed, cancelled, …
    QString hash;
    NewTicket body;
    std::vector<std::pair<std::size_t, std::int64_t>> lines; // item, quantity
    bool wrongPrice = false;
    char letter = 'C';
    std::size_t item = 0;
    std::int64_t delta = 0;
    int seconds = 0;
    Instant enqueuedAt{};
    bool lost = false; // the client will not hear the answer and asks again
    bool mayFail = false; // something was done to the store on its way
    int troubles = 0; // how often: one alone may cost it its decision, never its place in the books

    bool answered = false;
    QString error; // problem code
    bool storeError = false;
    std::optional<Ticket> ticket;
    bool replayed = false;

    QString text() const;
};

// The independent witness: what the answers given so far oblige the server to. It decides every request once more by the plain
// rule (in order, all lines or none, what is due ends first) without the engine's code; it knows nothing of batches and tables.
class Model {
public:
    struct Item {
        std::int64_t onHand = 0;
        std::int64_t allocated = 0;
        std::int64_t held = 0;
        std::int64_t free() const { return onHand - allocated - held; }
    };
    struct Entry {
        QString hash;
        TicketGoal goal = TicketGoal::Confirm;
        std::vector<std::pair<std::size_t, std::int64_t>> lines;
        TicketStatus status = TicketStatus::Queued;
        TicketId id; // null until heard
        HoldId hold;
        Instant expiresAt{};
        Instant maxUntil{};
        Instant heldFrom{}; // by the server that granted it
        ReservationId reservation;
        bool live = false; // the reservation holds its seats
    };
    // What has to be answered.
    struct Expected {
        bool ok = true;
        QString code; // of the problem; empty: any
        bool replayed = false;
        Entry* entry = nullptr;
    };

    std::vector<Item> items;
    std::map<QString, Entry> entries; // by request key

    Expected ticket(const Op& op, Instant now);
    Expected other(const Op& op, Instant now);
    // All that are due, or those of them that `which` takes; their keys.
    std::set<QString> expireDue(Instant now, const std::function<bool(const QString& key, const Entry&)>& which = {});
    // The keys of all whose time ran out since this was asked last.
    std::vector<QString> takeEnded() { return std::exchange(m_ended, {}); }

private:
    void free(const Entry& e, bool held);

    std::map<QString, bool> m_cancelKeys;
    std::vector<QString> m_ended;
};

} // namespace naru::sim
