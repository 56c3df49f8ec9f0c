// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

#include <memory>

namespace naru::server {

// Runs on the writer thread inside the gathered transaction, in its own savepoint.
using WriteWork = std::function<void(Txn&)>;
// Runs on the writer thread after the commit (error == nullptr) or after this piece failed. Must not block.
using WriteDone = std::function<void(std::exception_ptr error)>;

// Thrown by a participant's decide(), before it changed anything: the transaction is begun anew, and everybody in it asked again.
struct BeginAgain {};

// A participant that handles everything of its kind waiting in one go (the reservation engine): `collect` returns how many
// it took (at most `limit`), `decide` runs inside the shared transaction, `committed`/`failed` after it.
class BatchParticipant {
public:
    virtual ~BatchParticipant() = default;
    virtual std::size_t collect(std::size_t limit) = 0;
    virtual void decide(Txn& txn) = 0; // throwing fails the whole participant's batch: it is halved and tried again
    virtual void committed() = 0;
    virtual void failed(std::exception_ptr why) = 0;
    virtual bool split() = 0; // keep half of the batch, put the rest back; false when only one is left
};

// The only thread and connection that write and checkpoint. It takes whatever waits (at most 256), runs it in one
// transaction, commits, and only then answers: group commit. Owned by the composition root.
class Writer {
public:
    virtual ~Writer() = default;
    // Any thread. False: the intake is full, nothing was promised (503 queue_full).
    virtual bool submit(Actor actor, WriteWork work, WriteDone done) = 0;
    virtual void attach(BatchParticipant& participant) = 0; // before start
    virtual void wake() = 0; // a participant has something waiting
    // Called on the writer thread after each commit that published, with what it did, in order.
    using Events = std::shared_ptr<const std::vector<OutboxEvent>>;
    virtual void onCommitted(std::function<void(const Events&)> listener) = 0;
    virtual void start() = 0;
    virtual void stop() = 0; // finishes what was accepted
    virtual bool healthy(QString* why) const = 0; // false after a disk-full or read-only answer until a commit succeeds
};

} // namespace naru::server
