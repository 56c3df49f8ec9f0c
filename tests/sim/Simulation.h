// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/FaultyConnection.h"
#include "sim/Model.h"
#include "sim/SimNode.h"
#include "sim/SimOptions.h"
#include "sim/SimStore.h"

#include <QStringList>
#include <deque>

namespace naru::sim {

struct Verdict {
    quint64 seed = 0;
    bool ok = false;
    QString trouble; // what, with the seed, its options, the last steps and how to run it again
    QByteArray hash; // of everything the seed left in the database
    int steps = 0;
    int transactions = 0;
    int requests = 0;
    int crashes = 0;
    int failures = 0; // of the store, injected
    std::int64_t simulatedMs = 0;
};

// One seed: a world is drawn, then a schedule of requests, faults and moves of the clock is played against the real engine on one
// thread, and everything it answers and stores is compared with the model. In the end the faults stop, and everything has to
// come to rest. The same seed and number of steps is the same run.
class Simulation {
public:
    Simulation(SimStore& store, quint64 seed, int steps, bool trace = false);
    Verdict run();

private:
    using Entry = Model::Entry;
    using Outcome = server::CommitBatch::Outcome;

    struct Server {
        std::unique_ptr<test::FakeClock> machine; // its own, which somebody may set
        std::unique_ptr<SimNode> node;
        std::deque<std::shared_ptr<Op>> waiting; // owners: this list and the answer's callback; in the order of sending
    };

    void setUp();
    void step();
    void arrive();
    void followUp();
    void moveClock();
    void advance(Millis by);
    void restart(Server& server);
    void compareClock(Server& server);
    server::ClockReading databaseClock(const Server& server);
    void checkEnds();
    void checkOpenHolds();
    void askAgain();
    std::shared_ptr<Op> newTicket();
    void send(std::shared_ptr<Op> op, int at);
    void sendTicket(const std::shared_ptr<Op>& op, SimNode& node);
    void sendCancel(const std::shared_ptr<Op>& op, SimNode& node);
    void sendJob(const std::shared_ptr<Op>& op, SimNode& node);
    server::Actor actor(char letter);

    bool armFault(const Server& server);
    void runServer(int at, bool calm);
    void runUntilIdle(int at);
    void settle(Server& server, Outcome outcome, bool crashed, bool committed, Instant now);
    void endDue(const std::vector<std::shared_ptr<Op>>& done, Instant now);
    void takeSwept(Instant now);
    void judge(Op& op, Instant now, bool heard);
    void learn(const QString& key, Entry& entry);
    void checkCounters();
    void checkRules();
    void comeToRest();
    QByteArray hashOfAll();
    [[noreturn]] void red(const QString& what) const;
    void say(const QString& what);

    SimStore& m_store;
    const quint64 m_seed;
    const int m_steps;
    const bool m_trace;
    Dice m_dice;
    Dice m_clockDice; // apart, so that the rest of a seed's schedule does not depend on what clocks do
    SimOptions m_options;
    test::FakeClock m_clock; // real time, and that of a database that several servers share: nobody sets it
    test::FakeRng m_rng;
    FaultyConnection m_db;
    std::vector<Server> m_servers;
    Model m_model;
    std::vector<QString> m_granted; // keys
    std::vector<std::shared_ptr<Op>> m_sent; // tickets, for repetitions
    std::vector<std::shared_ptr<Op>> m_unsure; // to be asked again
    std::set<QString> m_justExpired; // in this transaction
    QStringList m_tail;
    Verdict m_verdict;
    int m_ops = 0;
    int m_keys = 0;
    int m_requests = 0;
    int m_now = 0; // the step
    // What restarts did to time, in all: servers without a database's clock take the machine's, but not before the last change.
    Millis m_takenOver{0};
    Millis m_stoodStill{0};
    bool m_set = false; // a clock was
    struct Held {
        Millis since{0}; // real time
        Millis takenOver{0}; // the two above, then
        Millis stoodStill{0};
    };
    Held m_granting; // what the transaction under way grants
    std::map<QString, Held> m_held; // by the ticket's key
    bool m_crashCommits = false; // of the crash that is armed
};

} // namespace naru::sim
