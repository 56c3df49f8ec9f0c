// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Page.h"
#include "core/Reservations.h"

namespace naru::backend {

// A calendar cell that moved: find the row by variant and label, the cell by date.
struct CellChange {
    StockLevel level;
    QString localDate;
    QString label;
};

// The live queue, open holds, occupancy. UI thread.
class ReservationService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId occupancy(const OccupancyQuery& query, Reply<std::vector<OccupancyRow>> reply) = 0;
    virtual CallId tickets(const TicketQuery& query, Reply<Page<Ticket>> reply) = 0;
    virtual CallId openHolds(Reply<Page<Hold>> reply) = 0;
    virtual CallId queueStats(Reply<QueueStats> reply) = 0;
    virtual CallId reservation(ReservationId id, Reply<Reservation> reply) = 0;
    virtual CallId releaseHold(HoldId id, std::int64_t version, const QString& reason, Reply<Hold> reply) = 0;
    virtual CallId extendHold(HoldId id, std::int64_t version, int seconds, Reply<Hold> reply) = 0;
    virtual CallId cancelReservation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) = 0;

Q_SIGNALS:
    void ticketsChanged(const std::vector<naru::Ticket>& tickets);
    void holdsChanged(const std::vector<naru::Hold>& holds);
    void reservationsChanged(const std::vector<naru::Reservation>& reservations);
    void cellsChanged(const std::vector<naru::backend::CellChange>& cells);
};

} // namespace naru::backend
