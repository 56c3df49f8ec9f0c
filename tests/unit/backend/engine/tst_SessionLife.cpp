// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QSignalSpy>
#include <QTest>

#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHome = "GET /v1/home";
const QByteArray kToken = "POST /oauth/token";
const QByteArray kEvents = "GET /v1/events";

QByteArray homeBody()
{
    HomeSummary home;
    home.revenueToday.currency = u"KRW"_s;
    return jsonOf(home);
}

// Takes this access token only; 401 token-expired for others.
FakeWire::Handler onlyToken(std::atomic<int>& good)
{
    return [&good](const FakeRequest& r) {
        return r.header("Authorization") == "DPoP access-" + QByteArray::number(good.load()) ? BackendHarness::json(homeBody())
                                                                                                : FakeAnswer::problem(401, "token-expired");
    };
}

struct Watch {
    explicit Watch(SessionService& s)
    {
        QObject::connect(&s, &SessionService::ended, &context, [this](const SessionEnded& e) { ended.push_back(e); });
        QObject::connect(&s, &SessionService::stateChanged, &context, [this](SessionState x) { states.push_back(x); });
    }
    QObject context;
    std::vector<SessionEnded> ended;
    std::vector<SessionState> states;
};

} // namespace

// Tokens, the gate, and how sessions begin and end.
class tst_SessionLife : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void signInProvesItself()
    {
        BackendHarness h;
        h.start();
        Watch watch(h.backend->session());
        QCOMPARE(h.backend->session().secondsLeft(), -1);
        QVERIFY(h.signIn());
        QCOMPARE(watch.states.back(), SessionState::Active); // SigningIn may have been overtaken: newest wins
        QCOMPARE(h.backend->session().info()->displayName, u"한지우"_s);
        QVERIFY(h.backend->session().secondsLeft() > 1700);
        QCOMPARE(h.backend->connection().state, LinkState::Live);
        const auto challenge = h.wire.asked("POST /oauth/authorize-challenge");
        QCOMPARE(challenge.size(), std::size_t(1));
        QVERIFY(challenge[0].body.contains("\"code_challenge\":\""));
        QVERIFY(challenge[0].body.contains("\"device_name\":\"test\""));
        const auto token = h.wire.asked(kToken);
        QVERIFY(token[0].body.contains("code=code-1&code_verifier="));
        QVERIFY(!token[0].body.contains("secret"));
        QCOMPARE(h.wire.asked(kEvents)[0].header("Authorization"), QByteArray("DPoP access-1"));
    }

    void refusedSignInSaysWhy()
    {
        BackendHarness h;
        h.start();
        h.wire.on("POST /oauth/authorize-challenge", FakeAnswer::problem(401, "invalid-credentials"));
        Watch watch(h.backend->session());
        Outcome<SessionInfo> o;
        h.backend->session().signIn(u"x"_s, u"y"_s, o.reply());
        QTRY_COMPARE(o.code(), u"invalid-credentials"_s);
        QCOMPARE(o.kind(), ErrorKind::Unauthorized);
        QCOMPARE(h.backend->session().state(), SessionState::SignedOut);
        QVERIFY(watch.ended.empty());
        QCOMPARE(h.wire.count("POST /oauth/authorize-challenge"), 1); // never twice by itself
    }

    void onlyOneSignInAtATime()
    {
        BackendHarness h;
        h.start();
        h.wire.on("POST /oauth/authorize-challenge", FakeAnswer::hanging());
        Outcome<SessionInfo> first;
        Outcome<SessionInfo> second;
        h.backend->session().signIn(u"x"_s, u"y"_s, first.reply());
        h.backend->session().signIn(u"x"_s, u"y"_s, second.reply());
        QTRY_COMPARE(second.kind(), ErrorKind::Busy);
        QVERIFY(first.done.empty());
    }

    // The longest time is nearly over: the person signs in once more, and the session before is replaced without an end in between.
    void signsInAgainOverALiveSession()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.info.sid = SessionId{Id128::make(7, 7, 7)};
        QVERIFY(h.signIn());
        QVERIFY(watch.ended.empty());
        QCOMPARE(h.backend->session().state(), SessionState::Active);
        QCOMPARE(h.backend->session().info()->sid, h.info.sid);
        Outcome<HomeSummary> home;
        h.backend->home().summary(home.reply());
        QTRY_VERIFY(home.ok());
        QCOMPARE(h.wire.asked(kHome).back().header("Authorization"), QByteArray("DPoP access-2"));
    }

    void aFailedSignInLeavesTheLiveSessionAlone()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.wire.on("POST /oauth/authorize-challenge", FakeAnswer::problem(401, "invalid-credentials"));
        Outcome<SessionInfo> again;
        h.backend->session().signIn(u"x"_s, u"wrong"_s, again.reply());
        QTRY_COMPARE(again.code(), u"invalid-credentials"_s);
        QVERIFY(watch.ended.empty());
        QTRY_COMPARE(h.backend->session().state(), SessionState::Active);
        Outcome<HomeSummary> home;
        h.backend->home().summary(home.reply());
        QTRY_VERIFY(home.ok());
        QCOMPARE(h.wire.asked(kHome).back().header("Authorization"), QByteArray("DPoP access-1"));
        QCOMPARE(h.wire.count("POST /oauth/revoke"), 0);
    }

    void callsWithoutASessionAreRefused()
    {
        BackendHarness h;
        h.start();
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.code(), u"signed-out"_s);
        QCOMPARE(h.wire.count(kHome), 0);
    }

    void oneRefreshServesAllParkedJobs()
    {
        BackendHarness h;
        std::atomic<int> good{1};
        h.wire.on(kHome, onlyToken(good));
        QVERIFY(h.signIn());
        good = 2;
        std::array<Outcome<HomeSummary>, 6> many;
        for (auto& o : many)
            h.backend->home().summary(o.reply());
        for (auto& o : many)
            QTRY_VERIFY(o.ok());
        QCOMPARE(h.wire.count(kToken), 2);
        QVERIFY(h.wire.asked(kToken)[1].body.contains("refresh_token=refresh-1"));
        const auto asked = h.wire.count(kHome); // who was refused asks once more; who came while the refresh ran asks once
        QVERIFY2(asked > 6 && asked <= 12, qPrintable(QString::number(asked)));
        Outcome<HomeSummary> after;
        h.backend->home().summary(after.reply());
        QTRY_VERIFY(after.ok());
        QCOMPARE(h.wire.count(kHome), asked + 1);
    }

    void aReplayIsRefusedOnlyOnce()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::problem(401, "token-expired"));
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.kind(), ErrorKind::Unauthorized);
        QCOMPARE(h.wire.count(kHome), 2);
        QCOMPARE(h.wire.count(kToken), 2);
        QVERIFY(h.settle());
        QVERIFY(watch.ended.empty()); // the refresh was granted: the session lives
    }

    void aReplayedWriteKeepsItsKey()
    {
        BackendHarness h;
        const QByteArray route = "POST /v1/holds/00000000000000000000000000/release";
        h.wire.on(route, [](const FakeRequest& r) {
            return r.header("Authorization") == "DPoP access-2" ? BackendHarness::json(jsonOf(Hold{})) : FakeAnswer::problem(401, "token-expired");
        });
        QVERIFY(h.signIn());
        Outcome<Hold> o;
        h.backend->reservations().releaseHold({}, 1, u"r"_s, o.reply());
        QTRY_VERIFY(o.ok());
        const auto asked = h.wire.asked(route);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
    }

    void refusedRefreshEndsTheSession_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("reason");
        QTest::newRow("idle") << QByteArray("session-expired-idle") << int(SessionEndReason::ExpiredIdle);
        QTest::newRow("absolute") << QByteArray("session-expired-absolute") << int(SessionEndReason::ExpiredAbsolute);
        QTest::newRow("displaced") << QByteArray("session-displaced") << int(SessionEndReason::Displaced);
        QTest::newRow("grant") << QByteArray("invalid-grant") << int(SessionEndReason::Revoked);
    }
    void refusedRefreshEndsTheSession()
    {
        QFETCH(QByteArray, code);
        QFETCH(int, reason);
        BackendHarness h;
        std::atomic<int> good{1};
        h.wire.on(kHome, onlyToken(good));
        QVERIFY(h.signIn());
        good = 2;
        h.wire.on(kToken, FakeAnswer::problem(code == "invalid-grant" ? 400 : 401, code.constData(), "\"by\":{\"device\":\"notebook\",\"place\":\"Seoul\"}"));
        Watch watch(h.backend->session());
        Outcome<HomeSummary> a;
        Outcome<HomeSummary> b;
        h.backend->home().summary(a.reply());
        h.backend->home().summary(b.reply());
        QTRY_COMPARE(a.kind(), ErrorKind::Unauthorized);
        QTRY_COMPARE(b.kind(), ErrorKind::Unauthorized);
        QTRY_COMPARE(watch.ended.size(), std::size_t(1));
        QCOMPARE(int(watch.ended[0].reason), reason);
        if (reason == int(SessionEndReason::Displaced))
            QCOMPARE(watch.ended[0].byDevice, u"notebook"_s);
        QCOMPARE(h.backend->session().state(), SessionState::Ended);
        QCOMPARE(h.backend->session().secondsLeft(), -1);
        QVERIFY(h.backend->session().info()); // whose it was
        QCOMPARE(h.wire.count(kToken), 2);
        h.wire.on(kToken, BackendHarness::json(jsonOf(h.tokens(9))));
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn()); // and again
        QCOMPARE(h.backend->session().state(), SessionState::Active);
    }

    void offlineRefreshKeepsTheSession()
    {
        BackendHarness h;
        h.config.limits.retries = 0;
        std::atomic<int> good{1};
        h.wire.on(kHome, onlyToken(good));
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        good = 3;
        h.wire.on(kToken, FakeAnswer::offline());
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.kind(), ErrorKind::Offline);
        QCOMPARE(h.backend->session().state(), SessionState::Active);
        h.wire.on(kToken, BackendHarness::json(jsonOf(h.tokens(3))));
        Outcome<HomeSummary> later;
        h.backend->home().summary(later.reply());
        QTRY_VERIFY(later.ok());
        QVERIFY(h.wire.asked(kToken).back().body.contains("refresh_token=refresh-1"));
        QVERIFY(watch.ended.empty());
    }

    void aTokenAboutToEndIsRenewedFirst()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        clock.advance(Millis{295'000});
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_VERIFY(o.ok());
        QCOMPARE(h.wire.asked(kHome)[0].header("Authorization"), QByteArray("DPoP access-2"));
        QVERIFY(h.wire.asked(kToken)[1].body.contains("activity=background"));
    }

    void activityIsToldOnceAndMovesTheCountdown()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        clock.advance(Millis{60'000});
        QCOMPARE(h.backend->session().secondsLeft(), 1740);
        h.backend->noteUserActivity();
        for (int i = 0; i < 2; ++i) {
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_VERIFY(o.ok());
        }
        QCOMPARE(h.wire.asked(kHome)[0].header("Naru-Activity"), QByteArray("user"));
        QCOMPARE(h.wire.asked(kHome)[1].header("Naru-Activity"), QByteArray());
        QTRY_COMPARE(h.backend->session().secondsLeft(), 1800);
    }

    void activityWithoutARequestIsToldByItself()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        h.backend->noteUserActivity();
        QVERIFY(h.settle());
        QCOMPARE(h.wire.count("POST /v1/session/activity"), 0);
        clock.advance(Millis{61'000});
        QTRY_COMPARE(h.wire.count("POST /v1/session/activity"), 1);
        clock.advance(Millis{1'700'000}); // less than two minutes left: at once
        h.backend->noteUserActivity();
        QTRY_COMPARE(h.wire.count("POST /v1/session/activity"), 2);
    }

    void theIdleCountdownWaitsWhereItIsAskedTo()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.config.limits.tick = Millis{1};
        h.config.limits.retries = 0;
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.wire.on(kToken, FakeAnswer::problem(429, "refresh-throttled", "\"retry_after\":20"));
        clock.advance(Millis{1'801'000});
        QTRY_COMPARE(h.wire.count(kToken), 2);
        Outcome<HomeSummary> refused;
        h.backend->home().summary(refused.reply());
        QTRY_COMPARE(refused.kind(), ErrorKind::RateLimited); // the answer is here: its twenty seconds have begun
        clock.advance(Millis{6'000}); // more than it waits by itself
        for (int i = 0; i < 20; ++i) { // ticks go by
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.kind(), ErrorKind::RateLimited);
        }
        QCOMPARE(h.wire.count(kToken), 2);
        QCOMPARE(h.backend->session().state(), SessionState::Active);
        h.wire.on(kToken, BackendHarness::json(jsonOf(h.tokens(3))));
        clock.advance(Millis{14'000});
        QTRY_VERIFY(h.wire.count(kToken) >= 3);
        QVERIFY(h.settle());
        QVERIFY(watch.ended.empty());
    }

    void theIdleCountdownAsksTheServer()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.wire.on(kToken, FakeAnswer::offline());
        clock.advance(Millis{1'801'000});
        QTRY_VERIFY(h.wire.count(kToken) >= 2);
        QVERIFY(h.settle());
        QCOMPARE(h.backend->session().state(), SessionState::Active); // nobody said it is over
        QCOMPARE(h.backend->session().secondsLeft(), 0);
        h.wire.on(kToken, FakeAnswer::problem(401, "session-expired-idle"));
        clock.advance(Millis{6'000});
        QTRY_COMPARE(watch.ended.size(), std::size_t(1));
        QCOMPARE(watch.ended[0].reason, SessionEndReason::ExpiredIdle);
    }

    void displacedByAnEvent()
    {
        BackendHarness h;
        MemorySecret secret;
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        h.wire.on(kHome, FakeAnswer::hanging());
        QVERIFY(h.signIn());
        QVERIFY(secret.value());
        Watch watch(h.backend->session());
        Outcome<HomeSummary> open;
        h.backend->home().summary(open.reply());
        QTRY_COMPARE(h.wire.count(kHome), 1);
        h.wire.event("session.ended", "{\"reason\":\"displaced\",\"at\":\"2026-03-02T00:00:01.000Z\",\"by_device\":\"pc-2\",\"by_place\":\"부산\"}", 4);
        QTRY_COMPARE(watch.ended.size(), std::size_t(1));
        QCOMPARE(watch.ended[0].reason, SessionEndReason::Displaced);
        QCOMPARE(watch.ended[0].byPlace, u"부산"_s);
        QCOMPARE(h.backend->session().state(), SessionState::Ended);
        QTRY_COMPARE(open.kind(), ErrorKind::Unauthorized);
        QVERIFY(!secret.value());
        QVERIFY(h.settle());
        QCOMPARE(h.wire.count(kEvents), 1); // and does not come back by itself
        QCOMPARE(h.wire.count(kToken), 1);
    }

    void displacedByAnAnswer()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.wire.on(kHome, FakeAnswer::problem(401, "session-displaced"));
        std::array<Outcome<HomeSummary>, 3> many;
        for (auto& o : many)
            h.backend->home().summary(o.reply());
        for (auto& o : many)
            QTRY_COMPARE(o.kind(), ErrorKind::Unauthorized);
        QVERIFY(h.settle());
        QCOMPARE(watch.ended.size(), std::size_t(1));
        QCOMPARE(h.wire.count(kToken), 1);
    }

    void signOutWorksWithoutTheServerToo()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        h.wire.on("DELETE /v1/session", FakeAnswer::offline());
        Outcome<Done> o;
        h.backend->session().signOut(o.reply());
        QTRY_VERIFY(o.ok());
        QCOMPARE(h.backend->session().state(), SessionState::SignedOut);
        QVERIFY(watch.ended.empty());
        QCOMPARE(h.wire.count("DELETE /v1/session"), 1);
    }

    void resumesFromWhatIsKept()
    {
        MemorySecret secret;
        BackendHarness h;
        QTemporaryDir cache;
        h.config.cacheDir = cache.path();
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        h.start();
        Outcome<SessionInfo> none;
        h.backend->session().resume(none.reply());
        QTRY_COMPARE(none.kind(), ErrorKind::NotFound);
        QVERIFY(h.signIn());
        QVERIFY(secret.value()->contains("refresh-1"));
        h.stop();
        h.start();
        Outcome<SessionInfo> again;
        h.backend->session().resume(again.reply());
        QTRY_VERIFY(again.ok());
        QCOMPARE(again.cached.size(), std::size_t(1)); // known before the server said anything
        QCOMPARE(again.cached[0].displayName, u"한지우"_s);
        QVERIFY(h.wire.asked(kToken).back().body.contains("refresh_token=refresh-1"));
        QTRY_VERIFY(secret.value()->contains("refresh-2")); // the new one, for the next start
        h.stop();

        h.wire.on(kToken, FakeAnswer::offline());
        h.start();
        Outcome<SessionInfo> offline;
        h.backend->session().resume(offline.reply());
        QTRY_COMPARE(offline.kind(), ErrorKind::Offline);
        QVERIFY(secret.value()); // the next start may find the server
        h.wire.on(kToken, FakeAnswer::problem(429, "refresh-throttled", "\"retry_after\":20")); // a program that was started often
        Outcome<SessionInfo> slowed;
        h.backend->session().resume(slowed.reply());
        QTRY_COMPARE(slowed.kind(), ErrorKind::RateLimited);
        QVERIFY(secret.value());
        h.wire.on(kToken, FakeAnswer::problem(401, "session-expired-idle"));
        Watch watch(h.backend->session());
        Outcome<SessionInfo> refused;
        h.backend->session().resume(refused.reply());
        QTRY_COMPARE(refused.kind(), ErrorKind::Unauthorized);
        QCOMPARE(refused.code(), u"session-expired-idle"_s);
        QTRY_VERIFY(!secret.value());
        QVERIFY(watch.ended.empty());
    }

    void withoutAKeychainTheSessionEndsWithTheProgram()
    {
        MemorySecret secret;
        secret.works = false;
        BackendHarness h;
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        h.start();
        Outcome<SessionInfo> o;
        h.backend->session().resume(o.reply());
        QTRY_COMPARE(o.kind(), ErrorKind::Keychain);
        QVERIFY(h.signIn());
    }

    void anotherServerTakesOver()
    {
        MemorySecret secret;
        BackendHarness h;
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        h.wire.on(kHome, FakeAnswer::hanging());
        QVERIFY(h.signIn());
        Watch watch(h.backend->session());
        Outcome<HomeSummary> open;
        h.backend->home().summary(open.reply());
        QTRY_COMPARE(h.wire.count(kHome), 1);
        QCOMPARE(h.wire.asked(kHome)[0].port, 1);
        h.backend->useServer(QUrl(u"http://127.0.0.1:2"_s));
        Outcome<HomeSummary> after; // waits for the next engine, which knows nobody
        h.backend->home().summary(after.reply());
        QTRY_COMPARE(open.code(), u"server-changed"_s);
        QTRY_COMPARE(after.code(), u"signed-out"_s);
        QCOMPARE(h.backend->session().state(), SessionState::SignedOut);
        QVERIFY(!h.backend->session().info());
        QVERIFY(watch.ended.empty());
        QVERIFY(secret.value()); // to come back to
        QVERIFY(h.signIn());
        QCOMPARE(h.wire.asked(kEvents).back().port, 2);
        h.backend->useServer(QUrl(u"http://127.0.0.1:3"_s));
        h.stop(); // with the change still under way
    }

    void signingOutForgetsTheKeptSession()
    {
        MemorySecret secret;
        BackendHarness h;
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        QVERIFY(h.signIn());
        QVERIFY(secret.value());
        Outcome<Done> o;
        h.backend->session().signOut(o.reply());
        QTRY_VERIFY(o.ok());
        QVERIFY(!secret.value());
    }
};

QTEST_GUILESS_MAIN(tst_SessionLife)
#include "tst_SessionLife.moc"
