// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "core/Reservations.h"
#include "server/engine/Labels.h"
#include "server/store/Txn.h"

// Tickets, holds and reservations as the interface shows them, read from their rows; used by the routes (read pool) and by the
// events (writer). `tenant` set: what touches nothing of that vendor is not there.
namespace naru::server {

struct ViewFor {
    QString lang = QStringLiteral("ko");
    std::optional<VendorId> tenant;
};

std::optional<Ticket> readTicket(Connection& db, const TicketId& id, const ViewFor& who = {});
std::optional<Hold> readHold(Connection& db, const HoldId& id, const ViewFor& who = {});
std::optional<Reservation> readReservation(Connection& db, const ReservationId& id, const ViewFor& who = {});

// Newest first. `before`: the instant and id of the last row of the page before.
struct PageKey {
    Instant at{};
    QString id;
};
struct PageAsk {
    std::optional<PageKey> after;
    int limit = 50;
};
Page<Ticket> listTickets(Connection& db, const ViewFor& who, std::optional<TicketStatus> status, const PageAsk& ask);
Page<Reservation> listReservations(Connection& db, const ViewFor& who, std::optional<ReservationStatus> status, const PageAsk& ask);
// Active ones, the one that ends first on top.
Page<Hold> listHolds(Connection& db, const ViewFor& who, const PageAsk& ask);

// "T-" and the last characters of the id.
QString codeOf(char letter, const Id128& id, int characters);
// "R-" and ten characters for the place in the queue of the ticket a reservation comes of: every place has another code, by a permutation
// of 50 bits, which does not tell how many there were.
QString reservationCode(std::int64_t queueSeq);
// What a ticket asks for, as kept in its row, and back.
QString ticketPayload(const NewTicket& ticket);
NewTicket parsePayload(const QString& payload);

// Events about a row as it stands now in this transaction.
// Many at a time; `labels` keeps what was read.
void publishTickets(Txn& txn, LabelCache& labels, const QStringList& ids);
void publishHolds(Txn& txn, LabelCache& labels, const QStringList& ids);
void publishTicket(Txn& txn, const TicketId& id);
void publishHold(Txn& txn, const HoldId& id);
void publishReservation(Txn& txn, const ReservationId& id);

} // namespace naru::server
