// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
#include "proof/Encoding.h"
#include "support/AuthFixture.h"

#include <QRegularExpression>
#include <QTest>

#include <future>
#include <set>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::AuthFixture;

namespace {

const TokenGrant& granted(const AuthFixture::Grant& g)
{
    if (const auto* p = std::get_if<protocol::Problem>(&g))
        qFatal("refused: %s", qPrintable(p->code));
    return std::get<TokenGrant>(g);
}
QString refusedAs(const AuthFixture::Grant& g)
{
    const auto* p = std::get_if<protocol::Problem>(&g);
    return p ? p->code : QString();
}
constexpr Millis kMinute{60'000};

// Rolls everything back at the end, as a commit does that fails.
class FailingWriter final : public Writer {
public:
    explicit FailingWriter(Writer& inner) : m_inner(inner) {}
    std::atomic<bool> failing{true};
    bool submit(Actor actor, WriteWork work, WriteDone done) override
    {
        return m_inner.submit(std::move(actor), [this, work = std::move(work)](Txn& txn) {
            work(txn);
            if (failing)
                throw StoreError(StoreError::Kind::Other, "nothing is kept");
        }, std::move(done));
    }
    void attach(BatchParticipant& p) override { m_inner.attach(p); }
    void wake() override { m_inner.wake(); }
    void onCommitted(std::function<void(const Events&)> l) override { m_inner.onCommitted(std::move(l)); }
    void start() override {}
    void stop() override {}
    bool healthy(QString* why) const override { return m_inner.healthy(why); }

private:
    Writer& m_inner;
};

// Readers who are busy: what they are given waits.
class BusyReads final : public ReadPool {
public:
    std::vector<std::function<void(Connection&)>> waiting;
    bool full = false;
    bool submit(std::function<void(Connection&)> work) override
    {
        if (!full)
            waiting.push_back(std::move(work));
        return !full;
    }
    void stop() override {}
};

} // namespace

class tst_AuthService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void signInGivesAWorkingToken();
    void refusalsLookAlike();
    void aCodeWorksOnceAndForAMinute();
    void wrongVerifierUsesTheCodeUp();
    void accessTokenLivesFiveMinutes();
    void secondSignInDisplacesTheFirst();
    void aSessionThatWasOverIsNotDisplaced();
    void refreshRotates();
    void lostAnswerIsAnsweredAgain();
    void tooManyRefreshesWaitAndEndNothing();
    void aRefreshThatFailedTakesNoTurn();
    void missedReportsAreWrittenDownOnce();
    void reuseEndsTheSession();
    void idleEndsBetweenThirtyMinutesAndTwentySeconds();
    void activityKeepsAlivePollingDoesNot();
    void lateUserIsTakenLateBackgroundIsNot();
    void absoluteLimitHolds();
    void endedSessionStaysEndedOverARestart();
    void liveSessionOutlivesARestart();
    void draftKeysAreOfThePersonAndTheDevice();
    void everythingIsAudited();
    void whatIsRolledBackIsNotKnown();
    void aStrangersSessionIsLookedUpByAReader();
};

void tst_AuthService::signInGivesAWorkingToken()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"tea"_s);
    QCOMPARE(g.expiresIn, 300);
    QCOMPARE(g.idleExpiresIn, 1800);
    QCOMPARE(g.absExpiresIn, 12 * 3600);
    QCOMPARE(g.sv, 1);
    const auto v = f.auth().verify(g.accessToken, AuthFixture::thumbprint());
    const auto* p = std::get_if<Principal>(&v);
    QVERIFY(p);
    QCOMPARE(p->displayName, u"윤서영"_s);
    QVERIFY(p->role == Role::VendorManager && p->isVendor());
    QVERIFY(p->has(u"stock.write"_s) && !p->has(u"vendor.manage"_s));
}

void tst_AuthService::refusalsLookAlike()
{
    AuthFixture f;
    for (const auto& [login, password] : {std::pair{u"staff1"_s, u"wrong"_s}, std::pair{u"nobody"_s, u"naru-demo-2026"_s}, std::pair{u"locked"_s, u"wrong"_s}}) {
        const auto r = f.code(login, password);
        const auto* p = std::get_if<protocol::Problem>(&r);
        QVERIFY(p);
        QCOMPARE(p->status, 401);
        QCOMPARE(p->code, u"invalid-credentials"_s);
        QCOMPARE(p->detail, u"the name or the password is wrong"_s);
        QVERIFY(p->extra.empty());
    }
    // Who knows the password of a locked account is told; nobody else learns that there is such an account.
    const auto r = f.code(u"locked"_s, u"naru-demo-2026"_s);
    QCOMPARE(std::get<protocol::Problem>(r).code, u"account-locked"_s);
}

void tst_AuthService::aCodeWorksOnceAndForAMinute()
{
    AuthFixture f;
    const auto first = std::get<std::string>(f.code(u"staff1"_s, u"naru-demo-2026"_s));
    const TokenGrant g = granted(f.redeem(first));
    QCOMPARE(f.verdict(g.accessToken), QString());
    QCOMPARE(refusedAs(f.redeem(first)), u"invalid-grant"_s);
    QCOMPARE(f.verdict(g.accessToken), u"session-revoked"_s); // somebody else had the code too

    const auto second = std::get<std::string>(f.code(u"staff1"_s, u"naru-demo-2026"_s));
    f.clock.advance(Millis{60'000});
    QCOMPARE(refusedAs(f.redeem(second)), u"invalid-grant"_s);
    QCOMPARE(refusedAs(f.redeem("nac1_unknown")), u"invalid-grant"_s);
}

void tst_AuthService::wrongVerifierUsesTheCodeUp()
{
    AuthFixture f;
    const auto code = std::get<std::string>(f.code(u"staff1"_s, u"naru-demo-2026"_s));
    QString answer;
    std::atomic<bool> done{false};
    f.auth().redeemCode(code, "another-verifier-another-verifier-another-ver", AuthFixture::thumbprint(), u"t"_s, [&](AuthFixture::Grant g) {
        answer = refusedAs(g);
        done = true;
    });
    QTRY_VERIFY(done);
    QCOMPARE(answer, u"invalid-grant"_s);
    QCOMPARE(refusedAs(f.redeem(code)), u"invalid-grant"_s);
}

void tst_AuthService::accessTokenLivesFiveMinutes()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    f.clock.advance(Millis{299'000});
    QCOMPARE(f.verdict(g.accessToken), QString());
    f.clock.advance(Millis{1'000});
    QCOMPARE(f.verdict(g.accessToken), u"token-expired"_s);
    QCOMPARE(f.verdict("x.y.z"), u"token-invalid"_s);
    // Close to the idle limit a token gets only what is left.
    f.clock.advance(25 * kMinute - Millis{60'000});
    const TokenGrant late = granted(f.refresh(g.refreshToken, false));
    QCOMPARE(late.expiresIn, 60);
}

void tst_AuthService::secondSignInDisplacesTheFirst()
{
    AuthFixture f;
    const TokenGrant first = f.signIn(u"staff1"_s, u"Desk"_s);
    const TokenGrant other = f.signIn(u"staff2"_s);
    const TokenGrant second = f.signIn(u"staff1"_s, u"Laptop"_s);
    QCOMPARE(second.sv, first.sv + 1);
    QCOMPARE(f.verdict(second.accessToken), QString());
    QCOMPARE(f.verdict(other.accessToken), QString());
    // Another device that got hold of the tokens has nothing of them.
    QCOMPARE(f.verdict(second.accessToken, u"Desk"_s), u"auth-mismatch"_s);
    QCOMPARE(refusedAs(f.refresh(second.refreshToken, true, u"Desk"_s)), u"invalid-grant"_s);
    const protocol::Problem p = f.problem(first.accessToken);
    QCOMPARE(p.status, 401);
    QCOMPARE(p.code, u"session-displaced"_s);
    QCOMPARE(protocol::json::serialize(p.extra.at("by")), std::string(R"({"device":"Laptop","place":"127.0.0.1"})"));
    QVERIFY(p.extra.contains("at"));
    QCOMPARE(refusedAs(f.refresh(first.refreshToken, true, u"Desk"_s)), u"session-displaced"_s);
    const auto ends = f.ends();
    QCOMPARE(ends.size(), std::size_t(1));
    QVERIFY(ends[0].first == first.sid && ends[0].second.reason == SessionEndReason::Displaced);
    QCOMPARE(ends[0].second.byDevice, u"Laptop"_s);
}

void tst_AuthService::aSessionThatWasOverIsNotDisplaced()
{
    AuthFixture f;
    const TokenGrant first = f.signIn(u"staff1"_s);
    f.clock.advance(40 * kMinute); // nobody swept
    f.signIn(u"staff1"_s);
    QCOMPARE(f.verdict(first.accessToken), u"session-expired-idle"_s);
    QVERIFY(!f.problem(first.accessToken).extra.contains("by"));
}

void tst_AuthService::refreshRotates()
{
    AuthFixture f;
    TokenGrant g = f.signIn(u"staff1"_s);
    std::set<std::string> seen{g.refreshToken};
    for (int i = 0; i < 20; ++i) {
        f.clock.advance(4 * kMinute);
        g = granted(f.refresh(g.refreshToken));
        QVERIFY(seen.insert(g.refreshToken).second);
        QCOMPARE(f.verdict(g.accessToken), QString());
    }
    QCOMPARE(refusedAs(f.refresh("nrt1_AAAA")), u"invalid-grant"_s);
    std::string tampered = g.refreshToken;
    tampered[20] = tampered[20] == 'A' ? 'B' : 'A';
    QCOMPARE(refusedAs(f.refresh(tampered)), u"invalid-grant"_s);
    QCOMPARE(f.verdict(g.accessToken), QString()); // a forged one ends nothing
}

void tst_AuthService::lostAnswerIsAnsweredAgain()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    const TokenGrant lost = granted(f.refresh(g.refreshToken));
    f.clock.advance(Millis{30'000});
    const TokenGrant again = granted(f.refresh(g.refreshToken));
    QCOMPARE(again.refreshToken, lost.refreshToken); // the same successor
    QCOMPARE(f.verdict(granted(f.refresh(again.refreshToken)).accessToken), QString());
}

// Three at once, then one in twenty seconds (auth.md §2.9); what was answered before is answered again all the same.
void tst_AuthService::tooManyRefreshesWaitAndEndNothing()
{
    AuthFixture f;
    TokenGrant before = f.signIn(u"staff1"_s);
    const TokenGrant other = f.signIn(u"staff2"_s);
    TokenGrant g = before;
    for (int i = 0; i < 3; ++i) {
        before = g;
        g = granted(f.refresh(g.refreshToken, false));
    }
    f.clock.advance(Millis{5'000});
    const AuthFixture::Grant refused = f.refresh(g.refreshToken, true);
    QCOMPARE(refusedAs(refused), u"refresh-throttled"_s);
    const auto& p = std::get<protocol::Problem>(refused);
    QCOMPARE(p.status, 429);
    QCOMPARE(p.retryAfterSeconds, std::optional(15));
    QCOMPARE(f.verdict(g.accessToken), QString());
    QVERIFY(f.ends().empty());
    QCOMPARE(f.auth().remaining(g.sid).first, 1800); // the person was there, and that counts
    for (int i = 0; i < 5; ++i)
        QCOMPARE(granted(f.refresh(before.refreshToken)).refreshToken, g.refreshToken); // its answer got lost, as it were
    QCOMPARE(refusedAs(f.refresh(other.refreshToken)), QString()); // everybody has his own turns
    f.clock.advance(Millis{15'000});
    g = granted(f.refresh(g.refreshToken));
    QCOMPARE(refusedAs(f.refresh(g.refreshToken)), u"refresh-throttled"_s);
    QCOMPARE(f.verdict(g.accessToken), QString());
}

void tst_AuthService::aRefreshThatFailedTakesNoTurn()
{
    AuthFixture f;
    FailingWriter writer(f.writer());
    AuthService two(f.options(), f.clock, systemRng(), writer, f.reads());
    const TokenGrant g = f.signIn(u"staff1"_s);
    f.load(two);
    const auto refresh = [&](const std::string& token) {
        std::promise<AuthFixture::Grant> result;
        two.refresh(token, AuthFixture::thumbprint(), false, u"t"_s, [&](AuthFixture::Grant grant) { result.set_value(std::move(grant)); });
        return result.get_future().get();
    };
    for (int i = 0; i < 6; ++i)
        QCOMPARE(refusedAs(refresh(g.refreshToken)), u"internal"_s);
    writer.failing = false;
    QCOMPARE(refusedAs(refresh(g.refreshToken)), QString());
    two.stop();
}

// E11: once for each silence, over restarts and at whichever server; the next report ends it.
void tst_AuthService::missedReportsAreWrittenDownOnce()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    const auto fired = [&] {
        f.settle();
        return f.query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'auth.rule.fired' AND entity_id = ? AND diff_json LIKE '%E11%posture-missed%'"_s, {g.sid}).at(0).number(0);
    };
    const auto pass = [&](int minutes) {
        for (int i = 0; i < minutes; ++i) {
            f.clock.advance(kMinute);
            f.auth().noteActivity(g.sid);
            f.tick();
        }
    };
    pass(31);
    QCOMPARE(fired(), 0);
    QCOMPARE(f.auth().principalOf(g.sid)->tier, 2);
    pass(1);
    QCOMPARE(fired(), 1);
    QCOMPARE(f.auth().principalOf(g.sid)->tier, 1);
    pass(10);
    QCOMPARE(fired(), 1);
    f.restart();
    AuthService two(f.options(), f.clock, systemRng(), f.writer(), f.reads());
    f.load(two);
    f.clock.advance(Millis{5'000});
    f.tick();
    two.tick();
    QCOMPARE(fired(), 1);
    two.stop();
    // It reports again, and is silent again.
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET posture_at = ? WHERE user_id = ?"_s, {txn.now(), f.user(u"staff1"_s)}); });
    std::promise<void> followed;
    f.reads().submit([&](Connection& db) {
        f.auth().follow(db, g.sid);
        followed.set_value();
    });
    followed.get_future().get();
    QCOMPARE(f.auth().principalOf(g.sid)->tier, 2);
    pass(31);
    QCOMPARE(fired(), 1);
    pass(1);
    QCOMPARE(fired(), 2);
}

void tst_AuthService::reuseEndsTheSession()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    const TokenGrant next = granted(f.refresh(g.refreshToken));
    f.clock.advance(Millis{30'001});
    QCOMPARE(refusedAs(f.refresh(g.refreshToken)), u"session-revoked"_s);
    QCOMPARE(f.verdict(next.accessToken), u"session-revoked"_s);
    QCOMPARE(refusedAs(f.refresh(next.refreshToken)), u"session-revoked"_s);

    const TokenGrant a = f.signIn(u"staff2"_s); // two steps back, even at once
    const TokenGrant b = granted(f.refresh(a.refreshToken));
    granted(f.refresh(b.refreshToken));
    QCOMPARE(refusedAs(f.refresh(a.refreshToken)), u"session-revoked"_s);
}

void tst_AuthService::idleEndsBetweenThirtyMinutesAndTwentySeconds()
{
    // 60 sessions whose last activity lies at different offsets to the sweeper's beat; time goes on in seconds.
    for (int offset = 0; offset < 6; ++offset) {
        AuthFixture f;
        const TokenGrant g = f.signIn(u"staff1"_s);
        f.clock.advance(Millis{offset * 1700 + 137});
        f.auth().noteActivity(g.sid);
        const Instant last = f.clock.now();
        for (int s = 0; s < 29 * 60 + 50; s += 10) {
            f.clock.advance(Millis{10'000});
            f.tick();
        }
        QVERIFY2(f.ends().empty(), "ended before thirty minutes");
        while (f.ends().empty() && f.clock.now() < last + 32 * kMinute) {
            f.clock.advance(Millis{1'000});
            f.tick();
        }
        const auto ends = f.ends();
        QCOMPARE(ends.size(), std::size_t(1));
        const auto after = (ends[0].second.at - last).count();
        QVERIFY2(after >= 30 * 60'000 && after <= 30 * 60'000 + 20'000, qPrintable(u"ended after %1 ms"_s.arg(after)));
        QVERIFY(ends[0].second.reason == SessionEndReason::ExpiredIdle);
        QCOMPARE(f.verdict(g.accessToken), u"session-expired-idle"_s);
        QCOMPARE(refusedAs(f.refresh(g.refreshToken)), u"session-expired-idle"_s);
        QCOMPARE(f.query(u"SELECT status FROM auth_session WHERE sid = ?"_s, {g.sid}).at(0).text(0), u"expired_idle"_s);
    }
}

void tst_AuthService::activityKeepsAlivePollingDoesNot()
{
    AuthFixture f;
    TokenGrant active = f.signIn(u"staff1"_s);
    TokenGrant polling = f.signIn(u"staff2"_s);
    QString end;
    int minutes = 0;
    for (; minutes < 90 && end.isEmpty(); minutes += 4) {
        f.clock.advance(4 * kMinute);
        f.tick();
        f.auth().noteActivity(active.sid);
        active = granted(f.refresh(active.refreshToken, false));
        const auto next = f.refresh(polling.refreshToken, false);
        end = refusedAs(next);
        if (end.isEmpty())
            polling = granted(next);
    }
    QCOMPARE(end, u"session-expired-idle"_s);
    QCOMPARE(minutes, 32);
    QCOMPARE(f.verdict(active.accessToken), QString());
    QCOMPARE(f.auth().remaining(active.sid).first, 1800);
}

void tst_AuthService::lateUserIsTakenLateBackgroundIsNot()
{
    AuthFixture f;
    const TokenGrant a = f.signIn(u"staff1"_s);
    const TokenGrant b = f.signIn(u"staff2"_s);
    f.clock.advance(30 * kMinute + Millis{14'000});
    QCOMPARE(refusedAs(f.refresh(b.refreshToken, false)), u"session-expired-idle"_s);
    const TokenGrant next = granted(f.refresh(a.refreshToken, true)); // and counts as activity
    QCOMPARE(next.idleExpiresIn, 1800);
    f.clock.advance(30 * kMinute + Millis{16'000});
    QCOMPARE(refusedAs(f.refresh(next.refreshToken, true)), u"session-expired-idle"_s);
}

void tst_AuthService::absoluteLimitHolds()
{
    AuthFixture f;
    TokenGrant g = f.signIn(u"staff1"_s);
    AuthFixture::Grant next = g;
    int minutes = 0;
    for (; minutes < 13 * 60 && refusedAs(next).isEmpty(); minutes += 4) {
        f.clock.advance(4 * kMinute);
        next = f.refresh(granted(next).refreshToken, true);
    }
    QCOMPARE(minutes, 12 * 60);
    QCOMPARE(refusedAs(next), u"session-expired-absolute"_s);
}

void tst_AuthService::endedSessionStaysEndedOverARestart()
{
    AuthFixture f;
    const TokenGrant first = f.signIn(u"staff1"_s, u"Desk"_s);
    const TokenGrant second = f.signIn(u"staff1"_s, u"Laptop"_s);
    f.restart();
    QCOMPARE(f.verdict(first.accessToken), u"session-displaced"_s);
    QCOMPARE(protocol::json::serialize(f.problem(first.accessToken).extra.at("by")), std::string(R"({"device":"Laptop","place":"127.0.0.1"})"));
    QCOMPARE(f.verdict(second.accessToken), QString());
}

void tst_AuthService::liveSessionOutlivesARestart()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    f.clock.advance(10 * kMinute);
    f.auth().noteActivity(g.sid);
    f.tick(); // flushed
    f.restart();
    QCOMPARE(f.auth().remaining(g.sid).first, 1800);
    QCOMPARE(f.verdict(granted(f.refresh(g.refreshToken)).accessToken), QString());
}

// T30: what opens a person's drafts on a computer is the same at every sign-in, and nobody else's.
void tst_AuthService::draftKeysAreOfThePersonAndTheDevice()
{
    AuthFixture f;
    const std::string own = f.signIn(u"staff1"_s, u"Desk"_s).draftKey;
    QCOMPARE(proof::fromBase64Url(own).value_or("").size(), std::size_t(32));
    QVERIFY(f.signIn(u"staff2"_s, u"Desk"_s).draftKey != own); // the next person at it
    QVERIFY(f.signIn(u"staff1"_s, u"Laptop"_s).draftKey != own);
    f.restart();
    const TokenGrant again = f.signIn(u"staff1"_s, u"Desk"_s);
    QCOMPARE(again.draftKey, own);
    QCOMPARE(granted(f.refresh(again.refreshToken, true, u"Desk"_s)).draftKey, own);
}

void tst_AuthService::everythingIsAudited()
{
    AuthFixture f;
    (void)f.code(u"staff1"_s, u"wrong"_s);
    const TokenGrant g = f.signIn(u"staff1"_s);
    f.signIn(u"staff1"_s);
    const auto count = [&](const char* action) { return f.query(u"SELECT COUNT(*) FROM audit_event WHERE action = ?"_s, {Param(action)}).at(0).number(0); };
    QCOMPARE(count("auth.signin.failed"), 1);
    QCOMPARE(count("auth.signin.ok"), 2);
    QCOMPARE(count("auth.session.opened"), 2);
    QCOMPARE(count("auth.session.displaced"), 1);
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM outbox WHERE topic = 'auth.session'"_s).at(0).number(0), 3);
    // Revocations: gapless and in order.
    const auto r = f.query(u"SELECT COUNT(*), MAX(seq), (SELECT v FROM auth_seq WHERE name = 'revocation') FROM auth_revocation"_s).at(0);
    QCOMPARE(r.number(0), r.number(1));
    QCOMPARE(r.number(1), r.number(2));
    // No secret in any row.
    for (const Row& row : f.query(u"SELECT diff_json FROM audit_event UNION ALL SELECT payload_json FROM outbox"_s))
        QVERIFY(!row.text(0).contains(u"naru-demo"_s) && !row.text(0).contains(u"eyJ"_s) && !row.text(0).contains(u"nrt1_"_s) && !row.text(0).contains(u"nac1_"_s));
}

// Another server learns of a session by its refresh, once that is committed.
void tst_AuthService::whatIsRolledBackIsNotKnown()
{
    AuthFixture f;
    FailingWriter writer(f.writer());
    AuthService two(f.options(), f.clock, systemRng(), writer, f.reads());
    two.shareSessions();
    f.load(two);
    const TokenGrant g = f.signIn(u"staff1"_s);
    const auto refresh = [&](const std::string& token) {
        std::promise<AuthFixture::Grant> result;
        two.refresh(token, AuthFixture::thumbprint(), false, u"t"_s, [&](AuthFixture::Grant grant) { result.set_value(std::move(grant)); });
        return result.get_future().get();
    };
    QCOMPARE(refusedAs(refresh(g.refreshToken)), u"internal"_s);
    QCOMPARE(two.remaining(g.sid).second, 0);
    writer.failing = false;
    QCOMPARE(refusedAs(refresh(g.refreshToken)), QString());
    QVERIFY(two.remaining(g.sid).second > 0);

    const TokenGrant next = f.signIn(u"staff1"_s); // ends the first
    writer.failing = true;
    QCOMPARE(refusedAs(refresh(g.refreshToken)), u"internal"_s);
    QVERIFY(two.remaining(g.sid).second > 0);
    writer.failing = false;
    QCOMPARE(refusedAs(refresh(g.refreshToken)), u"session-displaced"_s);
    QCOMPARE(two.remaining(g.sid).second, 0);
    Q_UNUSED(next)
    two.stop();
}

// The check itself never waits for a reader, however long they are busy.
void tst_AuthService::aStrangersSessionIsLookedUpByAReader()
{
    AuthFixture f;
    BusyReads busy;
    AuthService two(f.options(), f.clock, systemRng(), f.writer(), busy);
    two.shareSessions();
    f.load(two);
    const TokenGrant g = f.signIn(u"staff1"_s);
    const auto first = two.verify(g.accessToken, AuthFixture::thumbprint());
    const auto* unknown = std::get_if<AuthService::Unknown>(&first);
    QVERIFY(unknown && unknown->sid == g.sid);
    QVERIFY(busy.waiting.empty()); // whoever asks decides what to do
    std::optional<bool> read;
    QVERIFY(two.lookUp(g.sid, [&read](bool ok) { read = ok; }));
    QVERIFY(!read);
    std::promise<void> done;
    f.reads().submit([&](Connection& db) {
        busy.waiting.at(0)(db);
        done.set_value();
    });
    done.get_future().get();
    QCOMPARE(read, std::optional(true));
    QVERIFY(std::holds_alternative<Principal>(two.verify(g.accessToken, AuthFixture::thumbprint())));
    // A session that no row knows is refused once it was looked for; a signature that is not ours is not looked for at all.
    QVERIFY(std::holds_alternative<protocol::Problem>(two.verify("a.b.c", AuthFixture::thumbprint())));
    busy.full = true;
    QVERIFY(!two.lookUp(g.sid, [](bool) { QFAIL("not called"); }));
    two.stop();
}

QTEST_GUILESS_MAIN(tst_AuthService)
#include "tst_AuthService.moc"
