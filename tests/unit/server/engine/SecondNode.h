// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit/server/engine/EngineFixture.h"

namespace naru::test {

// Another server on the fixture's PostgreSQL: a connection, a writer and an engine of its own, with ids that never meet the other's. The
// steps of its writer may run on a thread of the test's.
class SecondNode {
public:
    explicit SecondNode(EngineFixture& first) : rng(77), m_first(first)
    {
        auto opened = openStore(first.store(), StoreAccess::Writer);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        db = std::move(*opened);
        writer = std::make_unique<StepWriter>(*db, first.clock, rng);
        engine = std::make_unique<ReservationEngine>(*writer, first.clock, first.options);
    }
    void ask(const NewTicket& t)
    {
        TicketRequest r;
        r.actor = m_first.actor('C');
        r.requestKey = u"second:%1"_s.arg(++m_keys);
        r.requestHash = ticketPayload(t);
        r.body = t;
        r.answer = [this](TicketAnswer answer) { answers.push_back(std::move(answer)); };
        if (!engine->submit(std::move(r)))
            qFatal("the intake is full");
    }
    // A piece of a batch that is left open: what it locked stays locked, and nothing is numbered yet.
    std::unique_ptr<Txn> begin()
    {
        db->begin(Connection::Access::Write);
        m_journal = std::make_unique<Journal>(*db);
        m_journal->begin();
        Actor system;
        system.role = u"system"_s;
        system.requestId = u"second"_s;
        return std::make_unique<Txn>(*m_journal, m_first.clock.now(), rng, system);
    }
    void commit()
    {
        m_journal->seal();
        db->commit();
    }
    // How many wait for a lock, of all who use the cluster.
    int waiting() { return db->one(u"SELECT COUNT(*) FROM pg_locks WHERE NOT granted"_s)->number(0); }

    FakeRng rng;
    std::unique_ptr<Connection> db;
    std::unique_ptr<StepWriter> writer;
    std::unique_ptr<ReservationEngine> engine;
    std::vector<TicketAnswer> answers;

private:
    EngineFixture& m_first;
    std::unique_ptr<Journal> m_journal;
    int m_keys = 0;
};

} // namespace naru::test
