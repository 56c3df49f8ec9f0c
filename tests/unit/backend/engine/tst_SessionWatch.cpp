// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QTest>

#include "protocol/SecurityFields.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kSession = "GET /v1/session";
const QByteArray kConflicts = "POST /v1/session-conflicts";
const QByteArray kPosture = "PUT /v1/devices/01J0000000000000000000000D/posture";
const QByteArray kDisplaced = "{\"reason\":\"displaced\",\"at\":\"2026-03-02T00:00:01.000Z\",\"by_device\":\"pc-2\",\"by_place\":\"부산\"}";

struct Desk {
    Desk()
    {
        h.config.clock = &clock;
        h.config.posture = [this] {
            const std::lock_guard lock(mutex);
            return posture;
        };
    }
    void says(const QString& value)
    {
        const std::lock_guard lock(mutex);
        posture = {{u"firewall"_s, value, u"self"_s}};
    }
    FakeClock clock;
    std::mutex mutex;
    std::vector<PostureSignal> posture;
    BackendHarness h;
};

bool endBy(BackendHarness& h, const QByteArray& how, int id)
{
    h.wire.event("session.ended", how, id);
    return QTest::qWaitFor([&] { return h.backend->session().state() == SessionState::Ended; }, 5000);
}

} // namespace

// How the console follows its session: after a sleep, when told of a change, with what it reports of its computer, and after a displacement.
class tst_SessionWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void awakeItAsksAndTakesTheServersFigures()
    {
        Desk d;
        d.h.config.limits.heartbeatLost = Millis{1'000'000'000}; // a stream that is found dead asks, too
        QVERIFY(d.h.signIn());
        QCOMPARE(d.h.wire.count(kSession), 1);
        d.clock.advance(Millis{29'000}); // a busy computer, not a sleeping one
        QVERIFY(d.h.settle());
        d.h.info.idleExpiresIn = 700;
        d.h.info.absExpiresIn = 9'000;
        d.clock.advance(Millis{200'000});
        QTRY_COMPARE(d.h.backend->session().secondsLeft(), 700);
        QCOMPARE(d.h.backend->session().absoluteSecondsLeft(), 9'000);
        QCOMPARE(d.h.wire.count(kSession), 2);
        QCOMPARE(d.h.wire.asked(kSession)[1].header("Naru-Activity"), QByteArray()); // nobody touched anything
        d.clock.stepWall(Millis{-7'200'000}); // somebody sets the clock: no matter
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.backend->session().secondsLeft(), 700);
        d.clock.advance(Millis{100'000});
        d.h.info.idleExpiresIn = 600;
        QTRY_COMPARE(d.h.backend->session().secondsLeft(), 600);
    }

    void awakeItLearnsThatItIsOver()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.wire.on(kSession, FakeAnswer::problem(401, "session-expired-idle"));
        d.h.wire.on("POST /oauth/token", FakeAnswer::problem(401, "session-expired-idle"));
        d.clock.advance(Millis{4 * 3'600'000});
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
    }

    void aLostStreamAsksWhenItIsBack()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.wire.on("GET /v1/events", FakeAnswer::offline());
        d.clock.advance(Millis{2'000});
        d.h.wire.endStreams();
        QTRY_COMPARE(d.h.backend->connection().state, LinkState::Offline);
        QCOMPARE(d.h.wire.count(kSession), 1);
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        d.h.wire.on("GET /v1/events", stream);
        QTRY_COMPARE(d.h.backend->connection().state, LinkState::Live);
        QTRY_COMPARE(d.h.wire.count(kSession), 2);
        d.clock.advance(Millis{2'000}); // the server ends streams with their token: nothing to ask about
        d.h.wire.endStreams();
        QTRY_COMPARE(d.h.wire.count("GET /v1/events") >= 3, true);
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kSession), 2);
    }

    void restrictionsComeAndGo()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        std::vector<SessionInfo> infos;
        QObject::connect(&d.h.backend->session(), &SessionService::infoChanged, &d.h.backend->session(), [&](const SessionInfo& i) { infos.push_back(i); });
        d.h.info.restricted = u"parallel-use"_s;
        d.h.wire.event("session.restricted", "{\"reason\":\"parallel-use\"}", 1);
        QTRY_COMPARE(infos.size(), std::size_t(1));
        QCOMPARE(infos[0].restricted, u"parallel-use"_s);
        QCOMPARE(d.h.backend->session().state(), SessionState::Active);
        d.h.info.restricted.clear();
        d.h.info.stepUpExpiresIn = 600;
        d.h.wire.on("POST /v1/session/step-up", [&](const FakeRequest&) { return BackendHarness::json(jsonOf(d.h.info)); });
        Outcome<SessionInfo> o;
        d.h.backend->session().stepUp(u"totp"_s, u"123456"_s, o.reply());
        QTRY_VERIFY(o.ok());
        QTRY_COMPARE(infos.size(), std::size_t(2)); // read again by itself
        QCOMPARE(infos[1].restricted, QString());
        QCOMPARE(infos[1].stepUpExpiresIn, 600);
        QVERIFY(d.h.wire.asked("POST /v1/session/step-up")[0].body.contains("\"code\":\"123456\""));
    }

    void aWrongStepUpIsNoRefresh()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.wire.on("POST /v1/session/step-up", FakeAnswer::problem(401, "invalid-credentials"));
        Outcome<SessionInfo> o;
        d.h.backend->session().stepUp(u"totp"_s, u"000000"_s, o.reply());
        QTRY_COMPARE(o.code(), u"invalid-credentials"_s);
        QCOMPARE(d.h.wire.count("POST /v1/session/step-up"), 1);
        QCOMPARE(d.h.wire.count("POST /oauth/token"), 1);
        QCOMPARE(d.h.backend->session().state(), SessionState::Active);
    }

    void devicesAndConflictsAreTold()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        int devices = 0;
        std::vector<Conflict> conflicts;
        QObject::connect(&d.h.backend->security(), &SecurityService::devicesChanged, &d.h.backend->security(), [&] { ++devices; });
        QObject::connect(&d.h.backend->security(), &SecurityService::conflictsChanged, &d.h.backend->security(),
            [&](const std::vector<Conflict>& changed) { conflicts.insert(conflicts.end(), changed.begin(), changed.end()); });
        d.h.wire.event("device.changed", "{}", 1);
        QTRY_COMPARE(devices, 1);
        Conflict c;
        c.version = 2;
        c.login = u"kim"_s;
        d.h.wire.event("session_conflict.changed", jsonOf(c), 2);
        c.version = 1; // overtaken
        d.h.wire.event("session_conflict.changed", jsonOf(c), 3);
        QTRY_VERIFY(!conflicts.empty());
        QCOMPARE(conflicts[0].login, u"kim"_s);
        QCOMPARE(conflicts[0].version, std::int64_t(2));
    }

    void aDisplacedConsoleCanSayThatItWasNotThePerson()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        Outcome<Done> none;
        d.h.backend->session().reportNotMe(none.reply());
        QTRY_COMPARE(none.code(), u"nothing-displaced"_s);
        QVERIFY(endBy(d.h, kDisplaced, 1));
        d.h.wire.on(kConflicts, FakeAnswer::offline());
        Outcome<Done> away;
        d.h.backend->session().reportNotMe(away.reply());
        QTRY_COMPARE(away.kind(), ErrorKind::Offline);
        d.h.wire.on(kConflicts, BackendHarness::json("{\"id\":\"01J0000000000000000000000C\",\"state\":\"open\"}"));
        Outcome<Done> told;
        d.h.backend->session().reportNotMe(told.reply());
        QTRY_VERIFY(told.ok());
        const auto asked = d.h.wire.asked(kConflicts);
        QCOMPARE(asked.size(), std::size_t(2));
        QVERIFY(asked[1].body.contains("\"refresh_token\":\"refresh-1\""));
        QVERIFY(asked[1].body.contains("\"statement\":\"not_me\""));
        QVERIFY(!asked[1].header("DPoP").isEmpty());
        QCOMPARE(asked[1].header("Authorization"), QByteArray());
        QCOMPARE(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
        QVERIFY(d.h.signIn()); // it can still be said by who took the account back
        Outcome<Done> again;
        d.h.backend->session().reportNotMe(again.reply());
        QTRY_VERIFY(again.ok());
        d.clock.advance(Millis{25 * 3'600'000});
        Outcome<Done> late;
        d.h.backend->session().reportNotMe(late.reply());
        QTRY_COMPARE(late.code(), u"nothing-displaced"_s);
    }

    void onlyADisplacementCanBeReported()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        QVERIFY(endBy(d.h, "{\"reason\":\"expired_idle\",\"at\":\"2026-03-02T00:00:01.000Z\",\"by_device\":\"\",\"by_place\":\"\"}", 1));
        Outcome<Done> none;
        d.h.backend->session().reportNotMe(none.reply());
        QTRY_COMPARE(none.code(), u"nothing-displaced"_s);
        QCOMPARE(d.h.wire.count(kConflicts), 0);
    }

    void anAdministratorsReasonIsTold()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        std::vector<SessionEnded> ended;
        QObject::connect(&d.h.backend->session(), &SessionService::ended, &d.h.backend->session(), [&](const SessionEnded& e) { ended.push_back(e); });
        d.h.wire.on("GET /v1/home", FakeAnswer::problem(401, "session-revoked", "\"reason\":\"left the company\""));
        Outcome<HomeSummary> o;
        d.h.backend->home().summary(o.reply());
        QTRY_COMPARE(ended.size(), std::size_t(1));
        QCOMPARE(ended[0].reason, SessionEndReason::Revoked);
        QCOMPARE(ended[0].detail, u"left the company"_s);
    }

    void postureIsReportedAtOnceOnChangeAndEveryQuarterOfAnHour()
    {
        Desk d;
        d.says(u"unknown"_s);
        d.h.info.deviceId = *DeviceId::parse(QStringView(u"01J0000000000000000000000D"));
        d.h.wire.on(kPosture, BackendHarness::json("{\"tier\":1,\"reasons\":[]}"));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kPosture), 1);
        const FakeRequest first = d.h.wire.asked(kPosture)[0];
        QVERIFY(first.body.contains("{\"name\":\"storage\",\"value\":\"keychain\",\"source\":\"self\"}"));
        QVERIFY(first.body.contains("{\"name\":\"firewall\",\"value\":\"unknown\",\"source\":\"self\"}"));
        QCOMPARE(first.header("Naru-Activity"), QByteArray());
        d.clock.advance(Millis{61'000}); // nothing new
        QTRY_VERIFY(d.h.wire.count(kSession) >= 2); // it took that for a sleep
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kPosture), 1);
        d.says(u"off"_s);
        d.clock.advance(Millis{61'000});
        QTRY_COMPARE(d.h.wire.count(kPosture), 2);
        QVERIFY(d.h.wire.asked(kPosture)[1].body.contains("\"value\":\"off\""));
        d.h.wire.on(kPosture, BackendHarness::json("{\"tier\":0,\"reasons\":[\"integrity-bad\"]}"));
        const int before = d.h.wire.count(kSession);
        d.clock.advance(Millis{15 * 60'000});
        QTRY_COMPARE(d.h.wire.count(kPosture), 3);
        QTRY_VERIFY(d.h.wire.count(kSession) > before); // another tier: what may be done is read again
    }

    void aReportThatWasNotHeardIsMadeAgain()
    {
        Desk d;
        d.says(u"unknown"_s);
        d.h.info.deviceId = *DeviceId::parse(QStringView(u"01J0000000000000000000000D"));
        d.h.wire.on(kPosture, FakeAnswer::offline());
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kPosture), 1);
        QVERIFY(d.h.settle());
        d.h.wire.on(kPosture, BackendHarness::json("{\"tier\":1,\"reasons\":[]}"));
        d.clock.advance(Millis{61'000});
        QTRY_COMPARE(d.h.wire.count(kPosture), 2);
    }
};

QTEST_GUILESS_MAIN(tst_SessionWatch)
#include "tst_SessionWatch.moc"
