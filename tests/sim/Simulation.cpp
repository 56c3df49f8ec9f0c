// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/Simulation.h"

#include "server/engine/Holds.h"
#include "server/tools/Check.h"

#include <QCryptographicHash>
#include <cstdio>

namespace naru::sim {

using namespace Qt::StringLiterals;
using namespace server;

namespace {

constexpr int kTail = 60; // steps told of a seed that failed
constexpr int kRulesEvery = 60; // steps
constexpr Millis kRest{30'000}; // after the faults, until everything has to be decided
constexpr int kRestSteps = 6;
constexpr double kRulesAtRest = 0.25; // of all seeds: most of a short seed's time would go into them
constexpr Millis kApart{100}; // how far the clocks of two servers may be apart

struct Red : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace

Simulation::Simulation(SimStore& store, quint64 seed, int steps, bool trace)
    : m_store(store), m_seed(seed), m_steps(steps), m_trace(trace), m_dice(seed), m_clockDice(seed ^ 0xC10C4), m_options(SimOptions::draw(m_dice)), m_rng(seed + 1), m_db(store.db())
{
    m_verdict.seed = seed;
}

void Simulation::red(const QString& what) const { throw Red(what.toStdString()); }

void Simulation::say(const QString& what)
{
    m_tail << u"%1 %2 %3"_s.arg(m_now).arg(toUnixMs(m_clock.now()) - test::FakeClock::kStart).arg(what);
    if (m_trace)
        std::printf("%s\n", qPrintable(m_tail.back()));
    if (m_tail.size() > kTail)
        m_tail.removeFirst();
}

Verdict Simulation::run()
{
    m_store.begin();
    const Millis began = m_clock.steady();
    try {
        setUp();
        for (m_now = 0; m_now < m_steps; ++m_now)
            step();
        comeToRest();
        m_verdict.hash = hashOfAll();
        m_verdict.ok = true;
    } catch (const Red& e) {
        m_verdict.trouble = QString::fromUtf8(e.what());
    } catch (const std::exception& e) {
        m_verdict.trouble = u"the engine threw: "_s + QString::fromUtf8(e.what());
    }
    if (!m_verdict.ok)
        m_verdict.trouble = u"seed %1, step %2: %3\noptions: %4\n%5\nagain: naru-sim --seed %1 --steps %6 --trace"_s.arg(m_seed)
                                .arg(m_now)
                                .arg(m_verdict.trouble, m_options.text(), m_tail.join(u'\n'))
                                .arg(m_steps);
    m_verdict.steps = m_now;
    m_verdict.simulatedMs = (m_clock.steady() - began).count();
    m_servers.clear();
    m_db.crashed();
    m_store.putBack();
    return m_verdict;
}

void Simulation::setUp()
{
    say(m_options.text());
    m_model.items.resize(static_cast<std::size_t>(m_options.items));
    for (int i = 0; i < m_options.items; ++i) {
        const std::int64_t seats = i < m_options.hotItems ? m_options.hotSeats : m_options.coldSeats;
        Txn txn(m_store.db(), m_clock.now(), m_rng, actor('O'));
        changeOnHand(txn, m_store.items[static_cast<std::size_t>(i)], u"received"_s, seats, {});
        m_model.items[static_cast<std::size_t>(i)].onHand = seats;
    }
    m_servers.resize(static_cast<std::size_t>(m_options.nodes));
    for (Server& s : m_servers) {
        s.machine = std::make_unique<test::FakeClock>();
        if (m_options.nodes > 1 && m_clockDice.chance(0.2))
            s.machine->stepWall(Millis(m_clockDice.chance(0.5) ? 3'600'000 : -3'600'000)); // nobody ever set it right
        restart(s);
    }
}

void Simulation::restart(Server& server)
{
    const std::optional<Instant> before = server.node ? std::optional(server.node->clock.now()) : std::nullopt;
    const std::optional<Instant> newest = newestChange(m_store.db());
    server.node.reset();
    server.node = std::make_unique<SimNode>(m_db, *server.machine, m_rng, m_options.nodes > 1 ? std::optional(databaseClock(server)) : std::nullopt, newest);
    if (!before)
        return;
    const Millis by = server.node->clock.now() - *before;
    if (server.node->clock.now() < newest.value_or(*before))
        red(u"a restarted server begins before the last change of the store"_s);
    if (std::abs(by.count()) > kApart.count() && (m_options.nodes > 1 || !m_set))
        red(u"a restart moved the time by %1 ms although no clock that counts was set"_s.arg(by.count()));
    m_takenOver += std::max(by, Millis(0));
    m_stoodStill += std::max(-by, Millis(0));
}

// As it is read through a network.
ClockReading Simulation::databaseClock(const Server& server)
{
    return {m_clock.now() + Millis(m_clockDice.between(-20, 20)), server.machine->steady(), Millis(20)};
}

void Simulation::compareClock(Server& server)
{
    if (m_options.nodes > 1 && m_clockDice.chance(0.3))
        server.node->clock.compare(databaseClock(server));
}

void Simulation::step()
{
    moveClock();
    if (m_dice.chance(0.6))
        arrive();
    if (!m_granted.empty() && m_dice.chance(m_options.followUp))
        followUp();
    if (m_dice.chance(0.5))
        askAgain();
    if (m_dice.chance(m_options.sweep)) {
        auto op = std::make_shared<Op>();
        op->kind = Op::Kind::Sweep;
        send(op, m_dice.below(m_options.nodes));
    }
    for (int i = 0; i < m_options.nodes; ++i)
        if (m_dice.chance(0.8))
            runServer(i, false);
    checkCounters();
    if (m_now % kRulesEvery == kRulesEvery - 1)
        checkRules();
}

void Simulation::moveClock()
{
    advance(Millis(m_dice.chance(0.05) ? m_dice.between(1'000, 300'000) : m_dice.between(0, 1'500)));
    if (m_dice.chance(m_options.clockJump)) {
        const Millis by(m_dice.chance(0.5) ? 3'600'000 : -3'600'000);
        const int at = m_clockDice.below(m_options.nodes);
        m_servers[static_cast<std::size_t>(at)].machine->stepWall(by);
        m_set = true;
        say(u"the clock of server %1 jumps by %2 ms"_s.arg(at).arg(by.count()));
    }
}

void Simulation::advance(Millis by)
{
    m_clock.advance(by);
    for (const Server& s : m_servers)
        s.machine->advance(by);
}

// Whose time ran out had it, by a clock that nobody sets: somewhat less while a server makes up for a clock that was set, and what a
// restart took over.
void Simulation::checkEnds()
{
    for (const QString& key : m_model.takeEnded()) {
        const auto known = m_held.find(key);
        if (known == m_held.end())
            continue; // granted by a server that died; nobody heard since when
        const Entry& e = m_model.entries.at(key);
        const Millis had = m_clock.steady() - known->second.since + (m_takenOver - known->second.takenOver) + kApart;
        const Millis promised = e.expiresAt - e.heldFrom;
        if (had * (SteadyWallClock::kPart + 1) < promised * SteadyWallClock::kPart)
            red(u"the hold of %1 was promised for %2 ms and ended after %3"_s.arg(key).arg(promised.count()).arg(had.count()));
    }
}

// And nobody has more than that, once everything due was swept; the time between a server's last change and its death stands still.
void Simulation::checkOpenHolds()
{
    for (const auto& [key, held] : m_held) {
        const Entry& e = m_model.entries.at(key);
        if (e.status != TicketStatus::Held)
            continue;
        const Millis had = m_clock.steady() - held.since - (m_stoodStill - held.stoodStill) - kApart;
        const Millis promised = e.expiresAt - e.heldFrom;
        if (had * (SteadyWallClock::kPart - 1) > promised * SteadyWallClock::kPart)
            red(u"the hold of %1 was promised for %2 ms and is still open after %3"_s.arg(key).arg(promised.count()).arg(had.count()));
    }
}

// What a server has gathered is decided, perhaps with a fault. A transaction that found nothing is nothing.
void Simulation::runServer(int at, bool calm)
{
    Server& server = m_servers[static_cast<std::size_t>(at)];
    if (!calm)
        armFault(server);
    compareClock(server);
    const Instant now = server.node->clock.now();
    m_granting = {m_clock.steady(), m_takenOver, m_stoodStill}; // before it dies, perhaps, and begins with another time
    bool crashed = false;
    Outcome outcome = Outcome::Nothing;
    const auto published = [this] { return m_store.db().one(u"SELECT outbox_seq FROM tail"_s)->integer(0); };
    const std::int64_t before = server.waiting.empty() ? 0 : published();
    try {
        outcome = server.node->run();
    } catch (const Crash&) {
        crashed = true;
        m_db.crashed();
        restart(server);
        ++m_verdict.crashes;
    }
    if (m_db.fired() && !crashed)
        ++m_verdict.failures;
    const bool fired = m_db.fired();
    m_db.disarm();
    if (outcome == Outcome::Nothing && !crashed)
        return;
    ++m_verdict.transactions;
    if (outcome == Outcome::Failed && !fired)
        red(u"a transaction failed although nothing was done to the store: "_s + (server.waiting.empty() ? QString() : server.waiting.front()->error));
    const bool committed = crashed && m_crashCommits;
    say(u"server %1 %2"_s.arg(at).arg(crashed ? (committed ? u"commits and dies"_s : u"dies before the commit"_s) : outcome == Outcome::Committed ? u"commits"_s : u"cannot commit"_s));
    if (crashed && !committed && published() != before)
        red(u"a server died before its commit, and something of it stayed"_s);
    settle(server, outcome, crashed, committed, now);
    checkEnds();
}

// As the writer's thread does when nothing goes wrong: while it was woken. What nobody wakes it for would wait for ever.
void Simulation::runUntilIdle(int at)
{
    for (int i = 0; m_servers[static_cast<std::size_t>(at)].node->awake(); ++i) {
        if (i > 2'000)
            red(u"server %1 runs in circles"_s.arg(at));
        runServer(at, true);
    }
}

bool Simulation::armFault(const Server& server)
{
    const bool poisoned = std::any_of(server.waiting.begin(), server.waiting.end(), [](const auto& op) { return op->mayFail; });
    if (!poisoned && m_dice.chance(m_options.crash)) {
        m_crashCommits = m_dice.chance(0.5);
        m_db.arm(m_crashCommits ? FaultyConnection::Fault::CrashAfterCommit : FaultyConnection::Fault::CrashBeforeCommit);
        return true;
    }
    if (!m_dice.chance(m_options.failure))
        return false;
    static const std::vector<StoreError::Kind> kinds{StoreError::Kind::Busy, StoreError::Kind::DiskFull, StoreError::Kind::Io, StoreError::Kind::Constraint};
    const StoreError::Kind kind = m_dice.oneOf(kinds);
    const bool atCommit = m_dice.chance(0.3);
    const bool once = kind == StoreError::Kind::Constraint || m_dice.chance(0.7);
    const int after = m_dice.below(60);
    if (atCommit && kind == StoreError::Kind::Constraint)
        return false;
    say(u"the store will fail with %1 at %2%3"_s.arg(static_cast<int>(kind)).arg(atCommit ? u"the commit"_s : u"statement %1"_s.arg(after), once ? u", once"_s : QString()));
    m_db.arm(atCommit ? FaultyConnection::Fault::Commit : FaultyConnection::Fault::Statement, kind, after, once);
    if (kind == StoreError::Kind::Constraint)
        for (const auto& op : server.waiting) {
            op->mayFail = true;
            ++op->troubles;
        }
    return true;
}

// Everything that was decided in this transaction goes through the model, in the order in which it was sent: requests first, then
// cancellations, then the rest.
void Simulation::settle(Server& server, Outcome outcome, bool crashed, bool committed, Instant now)
{
    std::deque<std::shared_ptr<Op>> stays;
    std::vector<std::shared_ptr<Op>> done;
    const auto sweeping = [&](const std::shared_ptr<Op>& op) { return op->kind == Op::Kind::Sweep && !op->answered && server.node->awake(); };
    for (const auto& op : server.waiting) {
        if (crashed || op->answered || sweeping(op))
            done.push_back(op);
        if (!crashed && !op->answered)
            stays.push_back(op);
    }
    server.waiting = std::move(stays);
    const auto place = [](const Op& op) { return op.kind == Op::Kind::Ticket ? 0 : op.kind == Op::Kind::CancelReservation ? 1 : 2; };
    std::stable_sort(done.begin(), done.end(), [&](const auto& a, const auto& b) { return place(*a) < place(*b); });
    bool first = true;
    m_justExpired.clear();
    for (const auto& op : done) {
        const bool happened = crashed ? committed : outcome == Outcome::Committed && !op->storeError;
        // Once is its own trouble or a neighbour's, and it has to be in the books as failed. Twice is its own: the second kept it out of them.
        if (op->storeError && op->kind == Op::Kind::Ticket && outcome == Outcome::Committed && op->troubles < 2)
            red(u"%1: a neighbour's trouble took it down: %2"_s.arg(op->text(), op->error));
        if (op->storeError && !op->mayFail && outcome == Outcome::Committed)
            red(u"%1: %2"_s.arg(op->text(), op->error));
        if (happened) {
            if (std::exchange(first, false))
                endDue(done, now);
            // A sweep is worked off in pieces and does not say whether one of them failed.
            if (op->kind == Op::Kind::Sweep && (crashed || op->mayFail || !op->answered))
                takeSwept(now);
            else
                judge(*op, now, !crashed);
        }
        const bool repeatable = op->kind == Op::Kind::Ticket || op->kind == Op::Kind::CancelReservation;
        if (repeatable && (!happened || crashed || op->lost))
            m_unsure.push_back(op);
    }
    for (const auto& waits : server.waiting)
        if (waits->kind != Op::Kind::Ticket && waits->kind != Op::Kind::CancelReservation && !sweeping(waits))
            red(u"%1 was never answered"_s.arg(waits->text()));
}

// A batch of requests ends what is due on the items it decides about; the rest is the sweeper's.
void Simulation::endDue(const std::vector<std::shared_ptr<Op>>& done, Instant now)
{
    std::set<std::size_t> touched;
    std::set<QString> keys;
    for (const auto& op : done) {
        if (op->kind != Op::Kind::Ticket || op->storeError || m_model.entries.count(op->key) > 0 || !keys.insert(op->key).second)
            continue;
        for (const auto& line : op->lines)
            touched.insert(line.first);
    }
    m_justExpired = m_model.expireDue(now, [&touched](const QString&, const Entry& e) {
        return std::any_of(e.lines.begin(), e.lines.end(), [&touched](const auto& line) { return touched.count(line.first) > 0; });
    });
}

// What a piece of a sweep ended has to have been due.
void Simulation::takeSwept(Instant now)
{
    std::set<QString> ended;
    for (const Row& row : m_store.db().query(u"SELECT t.request_key FROM hold h JOIN ticket t ON t.id = h.ticket_id WHERE h.status = 'expired'"_s))
        ended.insert(row.text(0));
    m_model.expireDue(now, [&ended](const QString& key, const Entry&) { return ended.count(key) > 0; });
}

void Simulation::judge(Op& op, Instant now, bool heard)
{
    const Model::Expected x = op.kind == Op::Kind::Ticket ? m_model.ticket(op, now) : m_model.other(op, now);
    if (heard) {
        say(u"  %1 → %2"_s.arg(op.text(), op.error.isEmpty() ? (op.ticket ? protocol::wireText(op.ticket->status) : u"done"_s) : op.error));
        if (x.ok != op.error.isEmpty())
            red(u"%1 was answered with “%2”, but it must %3"_s.arg(op.text(), op.error, x.ok ? u"succeed"_s : u"be refused "_s + x.code));
        if (!x.ok && !x.code.isEmpty() && op.error != x.code)
            red(u"%1 was refused as %2 instead of %3"_s.arg(op.text(), op.error, x.code));
    }
    if (!x.ok || !x.entry)
        return;
    Entry& e = *x.entry;
    if (heard && op.kind == Op::Kind::Ticket) {
        // Who asks again in the very batch that ends the hold is told what was.
        const bool before = x.replayed && op.ticket->status == TicketStatus::Held && m_justExpired.count(op.key) > 0;
        if (op.ticket->status != e.status && !before)
            red(u"%1 is answered as %2, by the rule it is %3"_s.arg(op.text(), protocol::wireText(op.ticket->status), protocol::wireText(e.status)));
        if (!e.id.isNull() && op.ticket->id != e.id)
            red(u"%1: one key has two tickets"_s.arg(op.text()));
        if (op.replayed != x.replayed)
            red(u"%1: replayed is %2"_s.arg(op.text(), op.replayed ? u"true"_s : u"false"_s));
    }
    if (op.kind == Op::Kind::Ticket && !x.replayed) {
        learn(op.key, e);
        if (e.status == TicketStatus::Held)
            m_held[op.key] = m_granting;
        if (e.status == TicketStatus::Held || e.status == TicketStatus::Confirmed)
            m_granted.push_back(op.key);
    } else if (op.kind == Op::Kind::Confirm) {
        learn(op.about, e);
    }
}

// Reads what was stored under the key; it has to be what the model says.
void Simulation::learn(const QString& key, Entry& e)
{
    const auto row = m_store.db().one(
        u"SELECT t.id, t.reservation_id, t.status, h.id, h.expires_at, h.max_until FROM ticket t LEFT JOIN hold h ON h.ticket_id = t.id WHERE t.request_key = ?"_s, {key});
    if (!row)
        red(u"nothing is stored under the key %1, which was answered"_s.arg(key));
    e.id = row->id<TicketId>(0);
    if (e.status == TicketStatus::Confirmed) {
        if (row->isNull(1))
            red(u"%1 is confirmed without a reservation"_s.arg(key));
        e.reservation = row->id<ReservationId>(1);
    }
    if (e.status == TicketStatus::Held) {
        if (row->isNull(3) || row->instant(4) != e.expiresAt || row->instant(5) != e.maxUntil)
            red(u"the hold of %1 has another end than it must"_s.arg(key));
        e.hold = row->id<HoldId>(3);
    }
}

// Cheap enough for every step: the counters are what the answers add up to.
void Simulation::checkCounters()
{
    const Rows rows = m_store.db().query(u"SELECT on_hand, allocated, held FROM inventory_item ORDER BY id"_s);
    for (std::size_t i = 0; i < m_model.items.size(); ++i) {
        const Row* row = &rows[i];
        const Model::Item& item = m_model.items[i];
        if (row->integer(0) != item.onHand || row->integer(1) != item.allocated || row->integer(2) != item.held) {
            red(u"item %1 has %2 seats, %3 allocated, %4 held; the answers add up to %5, %6, %7"_s.arg(i)
                    .arg(row->integer(0))
                    .arg(row->integer(1))
                    .arg(row->integer(2))
                    .arg(item.onHand)
                    .arg(item.allocated)
                    .arg(item.held));
        }
    }
}

// Everything there is, by the rules of `narud check`, and every ticket beside the model. Due holds are swept first: that they end in
// time is the sweeper's promise.
void Simulation::checkRules()
{
    auto sweep = std::make_shared<Op>();
    sweep->kind = Op::Kind::Sweep;
    send(sweep, 0);
    runUntilIdle(0);
    QStringList broken;
    checkOpenHolds();
    for (const Violation& v : checkInvariants(m_store.db(), m_servers.front().node->clock.now()))
        broken << u"%1 (%2) %3"_s.arg(v.rule, v.description, v.entityId);
    if (!broken.isEmpty())
        red(broken.join(u'\n'));
    const Rows rows = m_store.db().query(u"SELECT request_key, id, status FROM ticket ORDER BY request_key"_s);
    if (rows.size() != m_model.entries.size())
        red(u"%1 tickets are stored, %2 were decided"_s.arg(rows.size()).arg(m_model.entries.size()));
    for (const Row& row : rows) {
        const auto known = m_model.entries.find(row.text(0));
        if (known == m_model.entries.end())
            red(u"the ticket %1 was made for nobody"_s.arg(row.text(0)));
        if (known->second.id != row.id<TicketId>(1) || protocol::wireText(known->second.status) != row.text(2))
            red(u"%1 is stored as %2, by the answers it is %3"_s.arg(row.text(0), row.text(2), protocol::wireText(known->second.status)));
    }
}

// Nothing goes wrong any more: whoever is unsure asks again, and within thirty seconds everything is decided; then every hold ends.
void Simulation::comeToRest()
{
    say(u"the faults stop"_s);
    for (int i = 0; i < kRestSteps; ++i) {
        while (!m_unsure.empty())
            askAgain();
        advance(kRest / kRestSteps);
        for (int at = 0; at < m_options.nodes; ++at)
            runUntilIdle(at);
        checkCounters();
    }
    for (const Server& s : m_servers)
        if (!s.waiting.empty())
            red(u"%1 is still waiting 30 seconds after the faults stopped"_s.arg(s.waiting.front()->text()));
    for (const auto& op : m_sent)
        if (m_model.entries.count(op->key) == 0)
            red(u"%1 was never decided"_s.arg(op->text()));
    if (m_dice.chance(kRulesAtRest)) // with holds that are still open; what is wrong without them is found below
        checkRules();
    // The longest hold, by a server whose time runs slower because its clock was set back.
    advance(Millis(1'801'000) * SteadyWallClock::kPart / (SteadyWallClock::kPart - 1));
    checkRules();
    for (const auto& [key, e] : m_model.entries)
        if (e.status == TicketStatus::Held)
            red(u"the hold of %1 never ends"_s.arg(key));
    checkCounters();
}

QByteArray Simulation::hashOfAll()
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& sql : {u"SELECT id, on_hand, allocated, held, ledger_seq, version FROM inventory_item ORDER BY id"_s,
             u"SELECT request_key, id, status, version, queue_seq FROM ticket ORDER BY queue_seq, id"_s,
             u"SELECT inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held FROM stock_movement ORDER BY inventory_item_id, seq"_s,
             u"SELECT id, status, version FROM reservation ORDER BY id"_s, u"SELECT audit_seq, audit_hash, outbox_seq, queue_seq FROM tail"_s}) {
        for (const Row& row : m_store.db().query(sql))
            for (std::size_t i = 0; i < row.size(); ++i)
                hash.addData(row.isNull(static_cast<int>(i)) ? QByteArray("-") : row.text(static_cast<int>(i)).toUtf8() + ' ');
    }
    return hash.result().toHex();
}

} // namespace naru::sim
