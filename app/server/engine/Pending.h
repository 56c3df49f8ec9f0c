// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/store/Txn.h"

// Tickets that wait in their table instead of an intake: of an opening draw, asked again after a failure, left behind by a node
// that died. Any node works them off, in the order (draw_rank, queue_seq), from `due_at` on. Inside the caller's transaction,
// writer thread. Throws StoreError.
namespace naru::server {

struct PendingTicket {
    Ticket ticket; // as it stands: queued
    NewTicket body;
    QString requestKey;
    std::int64_t queueSeq = 0;
    std::int64_t drawRank = 0;
    int attempts = 0;
    Instant giveUpAt{};
    bool failedAlone = false; // its decision threw although nobody shared the batch: written as failed
};

// Queued tickets whose time has come, at most `limit`, locked for this transaction. None while another node works on the first of them:
// whoever took the next ones meanwhile could decide them before those ahead.
std::vector<PendingTicket> takePending(Txn& txn, std::size_t limit);
// How many there are, whoever works on them; counted up to `most`.
Question askDuePending(Instant now, std::size_t most);
std::size_t duePending(Connection& db, Instant now, std::size_t most);
// Whether there is one, beside those taken, that no opening holds back. Who asks now for seats of an opening is queued behind its
// tickets (OpeningGate); behind these he has to be put by whoever reads the intake.
bool duePendingAlone(Connection& db, Instant now, const std::vector<PendingTicket>& taken);
// Waits until nobody else works on the first of them: another node's commit is seen after this.
void awaitPendingAlone(Txn& txn);

// failed → queued, by a person: decided with the next batch.
void requeueTicket(Txn& txn, const TicketId& id, const QString& reason);
// What nobody works on any more: a lapsed lease goes back into the queue, the third time it fails; a queued ticket past its
// give-up time expires. Returns how many.
int recoverTickets(Txn& txn, int limit);

} // namespace naru::server
