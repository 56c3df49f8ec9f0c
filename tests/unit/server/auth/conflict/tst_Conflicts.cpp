// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// Conflicts of sessions over a real store: how they come about, in which order they wait, and what a decision does.
#include "server/auth/conflict/ConflictViews.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/conflict/Decisions.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_Conflicts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void scoreIsAFixedSum();
    void theRowsSayTheScore();
    void laterSignalsJoinTheSameRow();
    void whatIsTriedAfterwardsCountsOnce();
    void anotherSessionIsAnotherRow();
    void notMeRestrictsTheNewcomer();
    void threeReportsADay();
    void onlyWhatWasDisplacedIsReported();
    void itWasMeClosesIt();
    void theQueueIsOrderedAndPaged();
    void aDayLaterItWasHarmless();
    void takingIsSeen();
    void staleDecisionsAreRefused();
    void endingWhatEndedIsDone();
    void benignFreesTheNewcomer();
    void allowedPairs();
    void factorsAreReset();
    void escalationHandsOn();
    void lockingOneWhoLocksNeedsTwo();
    void nobodyDecidesAboutHimself();
    void managersEndAndHandOn();
    void othersConflictsDoNotExist();
    void theDetailTellsBothSides();

private:
    struct Pair {
        SessionId old, fresh;
    };
    static Pair displaced(SessionDesk& desk, const QString& login = u"staff1"_s, Millis gap = Millis{600'000})
    {
        Pair p;
        p.old = desk.session(login, u"A"_s);
        desk.clock.advance(gap);
        p.fresh = desk.session(login, u"B"_s, u"10.9.9"_s);
        return p;
    }
    static ConflictId opened(SessionDesk& desk, const Pair& p, const QString& login = u"staff1"_s, ConflictKind kind = ConflictKind::NewDevice, int score = 0)
    {
        NewConflict c;
        c.user = desk.user(login);
        c.oldSid = p.old;
        c.newSid = p.fresh;
        c.kind = kind;
        c.score = score;
        c.gapSeconds = 600;
        return desk.write([&](Txn& txn) { return openConflict(txn, c); });
    }
    static Conflict now(SessionDesk& desk, const ConflictId& id) { return *readConflict(*desk.db, id); }
    static QString decide(SessionDesk& desk, const QString& by, const ConflictId& id, ConflictDecision decision, std::optional<std::int64_t> version = {})
    {
        const std::int64_t seen = version.value_or(now(desk, id).version);
        return desk.refusal([&](Txn& txn) { decideConflict(txn, desk.reviewer(by), id, {decision, seen, u"note"_s}); }, by);
    }
};

void tst_Conflicts::scoreIsAFixedSum()
{
    QCOMPARE(scoreOf({}), 0);
    QCOMPARE(scoreOf({.newDevice = true}), 3);
    QCOMPARE(scoreOf({.otherNetwork = true}), 2);
    QCOMPARE(scoreOf({.activeJustNow = true}), 3);
    QCOMPARE(scoreOf({.draftsLeft = true}), 1);
    QCOMPARE(scoreOf({.sensitiveAfter = true}), 4);
    QCOMPARE(scoreOf({.reported = true}), 10);
    QCOMPARE(scoreOf({true, true, true, true, true, true}), 23);
}

void tst_Conflicts::theRowsSayTheScore()
{
    SessionDesk desk;
    const Pair p = displaced(desk, u"staff1"_s, Millis{30'000});
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_session SET drafts = 4 WHERE sid = ?"_s, {p.old}); });
    NewConflict c;
    c.user = desk.user(u"staff1"_s);
    c.oldSid = p.old;
    c.newSid = p.fresh;
    c.gapSeconds = 30;
    const auto id = desk.write([&](Txn& txn) { return openConflict(txn, c); });
    QCOMPARE(now(desk, id).score, 3 + 2 + 3 + 1);
    QCOMPARE(now(desk, id).newDevice, u"B"_s);
    QCOMPARE(now(desk, id).oldPlace, u"10.0.0.7"_s);
    QCOMPARE(desk.audits(u"auth.conflict.opened"_s), 1);
    QCOMPARE(desk.published(u"session_conflict.changed"_s), 1);
}

void tst_Conflicts::laterSignalsJoinTheSameRow()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    NewConflict c;
    c.user = desk.user(u"staff1"_s);
    c.oldSid = p.old;
    c.newSid = p.fresh;
    c.gapSeconds = 600;
    c.rules = {{u"E6"_s, u"device-never-seen"_s, u"tell"_s, desk.clock.now()}};
    const auto first = desk.write([&](Txn& txn) { return openConflict(txn, c); });
    const std::int64_t version = now(desk, first).version;
    c.kind = ConflictKind::Reported;
    c.rules = {{u"E7"_s, u"not-me"_s, u"restrict"_s, desk.clock.now()}};
    QCOMPARE(desk.write([&](Txn& txn) { return openConflict(txn, c); }), first);
    QCOMPARE(now(desk, first).kind, ConflictKind::Reported);
    QCOMPARE(now(desk, first).score, 3 + 2 + 10);
    QCOMPARE(now(desk, first).version, version + 1);
    c.kind = ConflictKind::OtherNetwork; // less grave: the word stays
    desk.write([&](Txn& txn) { return openConflict(txn, c); });
    QCOMPARE(now(desk, first).kind, ConflictKind::Reported);
    QCOMPARE(now(desk, first).score, 15);
    const auto rules = conflictDetail(*desk.db, first, {}, desk.clock.now())->rules;
    QCOMPARE(rules.size(), std::size_t(2)); // each once
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM session_conflict"_s), 1);
    QCOMPARE(desk.violations(), QStringList());
}

// §2.18: four points for whoever goes on with something sensitive after he was displaced; no row is made for it.
void tst_Conflicts::whatIsTriedAfterwardsCountsOnce()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const auto tried = [&](const SessionId& sid) { return desk.write([&](Txn& txn) { return noteSensitiveTried(txn, sid); }); };
    QVERIFY(!tried(p.old));
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM session_conflict"_s), 0);
    const ConflictId id = opened(desk, p);
    const Conflict before = now(desk, id);
    QVERIFY(!tried(p.fresh)); // that one lives
    QVERIFY(tried(p.old));
    QCOMPARE(now(desk, id).score, before.score + 4);
    QCOMPARE(now(desk, id).version, before.version + 1);
    QCOMPARE(now(desk, id).kind, before.kind);
    const FiredRule rule = conflictDetail(*desk.db, id, {}, desk.clock.now())->rules.back();
    QCOMPARE(rule.code, u"C2"_s);
    QCOMPARE(rule.signal, u"sensitive-tried"_s);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1);
    QCOMPARE(desk.audits(u"auth.conflict.raised"_s), 1);
    QCOMPARE(desk.published(u"session_conflict.changed"_s), 2);
    QVERIFY(!tried(p.old));
    QCOMPARE(now(desk, id).score, before.score + 4);
    // What comes later adds to it.
    desk.write([&](Txn& txn) { return reportNotMe(txn, p.old); });
    QCOMPARE(now(desk, id).score, before.score + 4 + 10);
    QVERIFY(!tried(p.old));
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::Benign), QString());
    QVERIFY(!tried(p.old)); // decided is decided
    QCOMPARE(desk.violations(), QStringList());
}

void tst_Conflicts::anotherSessionIsAnotherRow()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId first = opened(desk, p);
    const SessionId third = desk.session(u"staff1"_s, u"C"_s);
    QVERIFY(opened(desk, {p.fresh, third}) != first);
    QCOMPARE(decide(desk, u"support1"_s, first, ConflictDecision::Benign), QString());
    QVERIFY(opened(desk, p) != first); // decided is decided
}

void tst_Conflicts::notMeRestrictsTheNewcomer()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const Reported r = desk.write([&](Txn& txn) { return reportNotMe(txn, p.old); });
    QCOMPARE(r.state, ConflictState::Open);
    QCOMPARE(desk.restricted(p.fresh), u"reported"_s);
    QCOMPARE(now(desk, r.id).kind, ConflictKind::Reported);
    QVERIFY(now(desk, r.id).score >= 10);
    QCOMPARE(conflictDetail(*desk.db, r.id, {}, desk.clock.now())->rules.at(0).code, u"E7"_s);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1);
    // Once more says nothing new.
    QCOMPARE(desk.write([&](Txn& txn) { return reportNotMe(txn, p.old); }).id, r.id);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1);
}

void tst_Conflicts::threeReportsADay()
{
    SessionDesk desk;
    SessionId old = desk.session(u"staff1"_s, u"A"_s);
    for (int i = 0; i < 4; ++i) {
        desk.clock.advance(Millis{60'000});
        const SessionId fresh = desk.session(u"staff1"_s, u"B%1"_s.arg(i));
        desk.write([&](Txn& txn) { return reportNotMe(txn, old); });
        QCOMPARE(desk.restricted(fresh), i < kReportsADay ? u"reported"_s : QString()); // the fourth only waits in the queue
        old = fresh;
    }
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM session_conflict WHERE kind = 'reported'"_s), 4);
    desk.clock.advance(Millis{25 * 3600'000});
    const SessionId before = desk.session(u"staff1"_s, u"B3"_s);
    const SessionId fresh = desk.session(u"staff1"_s, u"C"_s);
    desk.write([&](Txn& txn) { return reportNotMe(txn, before); });
    QCOMPARE(desk.restricted(fresh), u"reported"_s);
}

void tst_Conflicts::onlyWhatWasDisplacedIsReported()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    QCOMPARE(desk.refusal([&](Txn& txn) { reportNotMe(txn, p.fresh); }), u"not-displaced"_s);
    desk.clock.advance(kConflictOpen);
    QCOMPARE(desk.refusal([&](Txn& txn) { reportNotMe(txn, p.old); }), u"not-displaced"_s);
    QCOMPARE(desk.refusal([&](Txn& txn) { reportMe(txn, p.old); }), u"not-displaced"_s);
}

void tst_Conflicts::itWasMeClosesIt()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId id = opened(desk, p);
    QCOMPARE(desk.write([&](Txn& txn) { return reportMe(txn, p.old); }).state, ConflictState::Expired);
    QCOMPARE(now(desk, id).state, ConflictState::Expired);
    // What was reported is not taken back by whoever has the old key now.
    const Reported r = desk.write([&](Txn& txn) { return reportNotMe(txn, p.old); });
    QCOMPARE(desk.write([&](Txn& txn) { return reportMe(txn, p.old); }).state, ConflictState::Open);
    QCOMPARE(now(desk, r.id).state, ConflictState::Open);
    QCOMPARE(desk.restricted(p.fresh), u"reported"_s);
}

void tst_Conflicts::theQueueIsOrderedAndPaged()
{
    SessionDesk desk;
    std::vector<std::pair<int, ConflictId>> made;
    SessionId old = desk.session(u"staff1"_s, u"A"_s);
    for (const int score : {7, 12, 7, 20, 12, 9}) {
        desk.clock.advance(Millis{1'000});
        const SessionId fresh = desk.session(u"staff1"_s, u"A"_s);
        made.emplace_back(score, opened(desk, {old, fresh}, u"staff1"_s, ConflictKind::FlipFlop, score));
        old = fresh;
    }
    std::vector<ConflictId> expected;
    for (const std::size_t i : {3u, 1u, 4u, 5u, 0u, 2u})
        expected.push_back(made[i].second);
    std::vector<ConflictId> got;
    ConflictQuery q;
    q.limit = 2;
    do {
        const Page<Conflict> page = listConflicts(*desk.db, {}, q);
        QCOMPARE(page.total, 6);
        for (const Conflict& c : page.items)
            got.push_back(c.id);
        q.after = page.next;
    } while (!q.after.isEmpty());
    QVERIFY(got == expected);
    QCOMPARE(decide(desk, u"support1"_s, expected[0], ConflictDecision::Benign), QString());
    QCOMPARE(listConflicts(*desk.db, {}, {}).total, 5);
    QCOMPARE(listConflicts(*desk.db, {}, {ConflictState::Decided, {}, 100}).items.at(0).decidedBy, u"SUPPORT1"_s);
}

void tst_Conflicts::aDayLaterItWasHarmless()
{
    SessionDesk desk;
    const ConflictId id = opened(desk, displaced(desk));
    desk.clock.advance(kConflictOpen - Millis{1});
    QCOMPARE(desk.write([](Txn& txn) { return expireConflicts(txn); }), 0);
    desk.clock.advance(Millis{1});
    QCOMPARE(desk.write([](Txn& txn) { return expireConflicts(txn); }), 1);
    QCOMPARE(now(desk, id).state, ConflictState::Expired);
    QVERIFY(!now(desk, id).decision);
    QCOMPARE(desk.write([](Txn& txn) { return expireConflicts(txn); }), 0);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::EndNew), u"stale-decision"_s);
}

void tst_Conflicts::takingIsSeen()
{
    SessionDesk desk;
    const ConflictId id = opened(desk, displaced(desk));
    const std::int64_t version = now(desk, id).version;
    desk.write([&](Txn& txn) { takeConflict(txn, desk.reviewer(u"support1"_s), id, version); }, u"support1"_s);
    QCOMPARE(now(desk, id).state, ConflictState::Taken);
    QCOMPARE(now(desk, id).takenBy, u"SUPPORT1"_s);
    QCOMPARE(desk.refusal([&](Txn& txn) { takeConflict(txn, desk.reviewer(u"support2"_s), id, version); }), u"version-mismatch"_s);
}

void tst_Conflicts::staleDecisionsAreRefused()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId id = opened(desk, p);
    const std::int64_t seen = now(desk, id).version;
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::EndNew), QString());
    QCOMPARE(desk.status(p.fresh), u"revoked"_s);
    try {
        desk.write([&](Txn& txn) { decideConflict(txn, desk.reviewer(u"support2"_s), id, {ConflictDecision::LockAccount, seen, {}}); }, u"support2"_s);
        QFAIL("decided twice");
    } catch (const ProblemError& e) {
        QCOMPARE(e.problem.status, 409);
        QCOMPARE(e.problem.code, u"stale-decision"_s);
        QCOMPARE(std::string(e.problem.extra.at("decided_by").as_string()), std::string("SUPPORT1"));
        QCOMPARE(std::string(e.problem.extra.at("decision").as_string()), std::string("end_new"));
        QVERIFY(e.problem.extra.at("current").is_object());
    }
    QCOMPARE(desk.text(u"SELECT status FROM user_account WHERE login = ?"_s, {u"staff1"_s}), u"active"_s);
    const ConflictId other = opened(desk, displaced(desk, u"teamember"_s), u"teamember"_s);
    QCOMPARE(decide(desk, u"support1"_s, other, ConflictDecision::Benign, now(desk, other).version + 1), u"stale-decision"_s);
}

void tst_Conflicts::endingWhatEndedIsDone()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId id = opened(desk, p);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::EndOld), QString()); // displaced already
    QCOMPARE(now(desk, id).state, ConflictState::Decided);
    QCOMPARE(desk.status(p.old), u"displaced"_s);
    QCOMPARE(desk.status(p.fresh), u"active"_s);
}

void tst_Conflicts::benignFreesTheNewcomer()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const Reported r = desk.write([&](Txn& txn) { return reportNotMe(txn, p.old); });
    QCOMPARE(decide(desk, u"support1"_s, r.id, ConflictDecision::Benign), QString());
    QCOMPARE(desk.restricted(p.fresh), QString());
    // A restriction that no conflict made stays.
    SessionDesk other;
    const Pair q = displaced(other);
    const ConflictId id = opened(other, q);
    other.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_session SET restricted = 'step-up-failed' WHERE sid = ?"_s, {q.fresh}); });
    QCOMPARE(decide(other, u"support1"_s, id, ConflictDecision::Benign), QString());
    QCOMPARE(other.restricted(q.fresh), u"step-up-failed"_s);
}

void tst_Conflicts::allowedPairs()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId id = opened(desk, p);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::AllowPair), QString());
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM auth_device_pair WHERE device_a < device_b"_s), 1);
    const SessionId again = desk.session(u"staff1"_s, u"B"_s);
    const ConflictId same = opened(desk, {p.fresh, again});
    QCOMPARE(decide(desk, u"support1"_s, same, ConflictDecision::AllowPair), u"no-pair"_s); // one device
    QCOMPARE(now(desk, same).state, ConflictState::Open);
}

void tst_Conflicts::factorsAreReset()
{
    SessionDesk desk;
    const ConflictId id = opened(desk, displaced(desk));
    desk.write([&](Txn& txn) {
        for (const char* login : {"staff1", "support1"}) {
            const UserId user = desk.user(QLatin1StringView(login));
            txn.db().exec(u"INSERT INTO auth_factor (user_id, kind, sealed, state, created_at) VALUES (?, 'totp', 'x', 'active', 1)"_s, {user});
            txn.db().exec(u"INSERT INTO auth_recovery_code (user_id, code_hash) VALUES (?, 'h')"_s, {user});
        }
    });
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::ResetFactors), QString());
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM auth_factor"_s), 1); // the agent's own
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM auth_recovery_code"_s), 1);
    QCOMPARE(desk.audits(u"auth.factor.reset"_s), 1);
}

void tst_Conflicts::escalationHandsOn()
{
    SessionDesk desk;
    const ConflictId id = opened(desk, displaced(desk));
    const Conflict before = now(desk, id);
    desk.write([&](Txn& txn) { takeConflict(txn, desk.reviewer(u"support1"_s), id, before.version); }, u"support1"_s);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::Escalate), QString());
    QCOMPARE(now(desk, id).score, before.score + 10);
    QCOMPARE(now(desk, id).state, ConflictState::Open);
    QCOMPARE(now(desk, id).takenBy, QString());
}

void tst_Conflicts::lockingOneWhoLocksNeedsTwo()
{
    SessionDesk desk;
    const Pair p = displaced(desk, u"tea"_s);
    const ConflictId id = opened(desk, p, u"tea"_s);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::LockAccount), QString());
    QCOMPARE(desk.status(p.fresh), u"active"_s); // nothing yet
    auto detail = conflictDetail(*desk.db, id, {}, desk.clock.now());
    QVERIFY(detail->needsSecond);
    QCOMPARE(detail->firstBy, u"SUPPORT1"_s);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::LockAccount), u"second-agent-needed"_s);
    QCOMPARE(desk.status(p.fresh), u"active"_s);
    QCOMPARE(decide(desk, u"support2"_s, id, ConflictDecision::LockAccount), QString());
    QCOMPARE(desk.status(p.fresh), u"revoked"_s);
    detail = conflictDetail(*desk.db, id, {}, desk.clock.now());
    QCOMPARE(detail->account, AccountStatus::Locked);
    QVERIFY(!detail->needsSecond);
    QCOMPARE(detail->conflict.state, ConflictState::Decided);
    // One is enough for those who cannot lock others.
    const Pair q = displaced(desk, u"teamember"_s);
    QCOMPARE(decide(desk, u"support1"_s, opened(desk, q, u"teamember"_s), ConflictDecision::LockAccount), QString());
    QCOMPARE(desk.status(q.fresh), u"revoked"_s);
    QCOMPARE(desk.violations(), QStringList());
}

void tst_Conflicts::nobodyDecidesAboutHimself()
{
    SessionDesk desk;
    const ConflictId id = opened(desk, displaced(desk, u"support1"_s), u"support1"_s);
    QCOMPARE(decide(desk, u"support1"_s, id, ConflictDecision::Benign), u"own-account"_s);
    QCOMPARE(desk.refusal([&](Txn& txn) { takeConflict(txn, desk.reviewer(u"support1"_s), id, 1); }), u"own-account"_s);
    QCOMPARE(decide(desk, u"support2"_s, id, ConflictDecision::Benign), QString());
}

void tst_Conflicts::managersEndAndHandOn()
{
    SessionDesk desk;
    const Pair p = displaced(desk, u"teamember"_s);
    const ConflictId id = opened(desk, p, u"teamember"_s);
    for (const ConflictDecision d : {ConflictDecision::Benign, ConflictDecision::LockAccount, ConflictDecision::ResetFactors, ConflictDecision::AllowPair})
        QCOMPARE(decide(desk, u"tea"_s, id, d), u"decision-not-allowed"_s);
    QCOMPARE(decide(desk, u"tea"_s, id, ConflictDecision::Escalate), QString());
    QCOMPARE(decide(desk, u"tea"_s, id, ConflictDecision::EndNew), QString());
    QCOMPARE(desk.status(p.fresh), u"revoked"_s);
}

void tst_Conflicts::othersConflictsDoNotExist()
{
    SessionDesk desk;
    const ConflictId member = opened(desk, displaced(desk, u"teamember"_s), u"teamember"_s);
    const ConflictId staff = opened(desk, displaced(desk), u"staff1"_s);
    for (const ConflictId& id : {member, staff}) {
        QVERIFY(!conflictDetail(*desk.db, id, desk.yachts, desk.clock.now()));
        QCOMPARE(decide(desk, u"yacht"_s, id, ConflictDecision::EndNew), u"not-found"_s);
    }
    QVERIFY(listConflicts(*desk.db, desk.yachts, {}).items.empty());
    const Page<Conflict> own = listConflicts(*desk.db, desk.tea, {});
    QCOMPARE(own.items.size(), std::size_t(1));
    QCOMPARE(own.items.at(0).id, member);
}

void tst_Conflicts::theDetailTellsBothSides()
{
    SessionDesk desk;
    const Pair p = displaced(desk);
    const ConflictId id = opened(desk, p);
    const ConflictDetail d = *conflictDetail(*desk.db, id, {}, desk.clock.now());
    QCOMPARE(d.oldSide.session.sid, p.old);
    QCOMPARE(d.oldSide.session.status, SessionStatus::Displaced);
    QCOMPARE(d.oldSide.session.endedByDevice, u"B"_s);
    QCOMPARE(d.newSide.session.sid, p.fresh);
    QCOMPARE(d.newSide.device->name, u"B"_s);
    QCOMPARE(d.newSide.device->tier, 2);
    QCOMPARE(d.oldSide.actions.size(), std::size_t(2)); // opened, displaced
    QCOMPARE(d.oldSide.actions.at(0).action, u"auth.session.displaced"_s);
    QCOMPARE(d.newSide.actions.at(0).action, u"auth.session.opened"_s);
}

QTEST_GUILESS_MAIN(tst_Conflicts)
#include "tst_Conflicts.moc"
