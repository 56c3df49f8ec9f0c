// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QTest>

#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHome = "GET /v1/home";
const QByteArray kRelease = "POST /v1/holds/00000000000000000000000000/release";
const QByteArray kDisplaced = "{\"reason\":\"displaced\",\"at\":\"2026-03-02T00:00:01.000Z\",\"by_device\":\"pc-2\",\"by_place\":\"부산\"}";

struct Desk {
    Desk() { h.wire.on(kRelease, FakeAnswer::hanging()); }
    // A write on the wire, without an answer.
    bool write(Outcome<Hold>& o)
    {
        const int before = h.wire.count(kRelease);
        h.backend->reservations().releaseHold({}, 7, u"r"_s, o.reply());
        return QTest::qWaitFor([&] { return h.wire.count(kRelease) > before; }, 5000);
    }
    bool endSession()
    {
        h.wire.event("session.ended", kDisplaced, ++event);
        return QTest::qWaitFor([&] { return h.backend->session().state() == SessionState::Ended; }, 5000);
    }
    void grant() { h.wire.on(kRelease, BackendHarness::json(jsonOf(Hold{}))); }
    BackendHarness h;
    int event = 0;
};

} // namespace

// Writes that a session's end overtakes: kept with their keys, sent again for the same person, and nobody else's.
class tst_Parking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // The wire broke, nobody knows whether the server did it: the same key makes asking again safe.
    void anUnknownOutcomeIsAskedAgainUnderItsKey()
    {
        Desk d;
        d.h.wire.on(kRelease, [] {
            FakeAnswer a = FakeAnswer::offline();
            a.hang = true;
            return a;
        }());
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QVERIFY(d.endSession());
        d.h.wire.letGo();
        QVERIFY(d.h.settle());
        QVERIFY(d.h.settle());
        QVERIFY(o.done.empty());
        QCOMPARE(d.h.wire.count(kRelease), 1); // nobody is signed in
        d.grant();
        QVERIFY(d.h.signIn());
        QTRY_VERIFY(o.ok());
        const auto asked = d.h.wire.asked(kRelease);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
    }

    void writesAreSentAgainForTheSamePerson()
    {
        Desk d;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-displaced"));
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended); // the answer told it
        QVERIFY(d.h.settle());
        QVERIFY(o.done.empty());
        d.grant();
        QVERIFY(d.h.signIn());
        QTRY_VERIFY(o.ok());
        const auto asked = d.h.wire.asked(kRelease);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
        QCOMPARE(asked[1].header("If-Match"), QByteArray("\"v7\"")); // the version it was meant for
        QCOMPARE(asked[1].header("Authorization"), QByteArray("DPoP access-2"));
        QVERIFY(d.h.settle());
        QCOMPARE(o.done.size(), std::size_t(1));
    }

    void writesThatWaitForATokenArePassedOnToo()
    {
        FakeClock clock;
        Desk d;
        d.h.config.clock = &clock;
        d.grant();
        QVERIFY(d.h.signIn());
        clock.advance(Millis{295'000});
        d.h.wire.on("POST /oauth/token", FakeAnswer::problem(401, "session-expired-idle"));
        Outcome<Hold> write;
        Outcome<HomeSummary> read;
        d.h.backend->reservations().releaseHold({}, 1, u"r"_s, write.reply());
        d.h.backend->home().summary(read.reply());
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
        QTRY_COMPARE(read.kind(), ErrorKind::Unauthorized); // reads end as they do
        QVERIFY(write.done.empty());
        Outcome<Hold> late; // asked for before the window could know
        d.h.backend->reservations().releaseHold({}, 1, u"r"_s, late.reply());
        QVERIFY(d.h.settle());
        QVERIFY(late.done.empty());
        QCOMPARE(d.h.wire.count(kRelease), 0);
        d.h.wire.on("POST /oauth/token", BackendHarness::json(jsonOf(d.h.tokens(5))));
        QVERIFY(d.h.signIn());
        QTRY_VERIFY(write.ok());
        QTRY_VERIFY(late.ok());
    }

    void aChangedThingComesBackToItsCaller()
    {
        Desk d;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-expired-idle"));
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
        d.h.wire.on(kRelease, FakeAnswer::problem(412, "version-mismatch"));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(o.code(), u"version-mismatch"_s);
        QCOMPARE(o.kind(), ErrorKind::Conflict);
    }

    void anotherPersonNeverSendsThem()
    {
        Desk d;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-displaced"));
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
        d.grant();
        d.h.info.userId = *UserId::parse(QStringView(u"01J0000000000000000000000Z"));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(o.code(), u"session-ended"_s);
        QCOMPARE(o.kind(), ErrorKind::Unauthorized);
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kRelease), 1);
    }

    void signingOutEndsThem()
    {
        Desk d;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-displaced"));
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
        Outcome<Done> out;
        d.h.backend->session().signOut(out.reply());
        QTRY_VERIFY(out.ok());
        QCOMPARE(o.code(), u"session-ended"_s);
        d.grant();
        QVERIFY(d.h.signIn());
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kRelease), 1);
    }

    void anAnswerAfterTheEndStillCounts()
    {
        Desk d;
        d.h.wire.on(kRelease, [] {
            FakeAnswer a = FakeAnswer::hanging();
            a.body = jsonOf(Hold{});
            return a;
        }());
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QVERIFY(d.endSession());
        QVERIFY(o.done.empty());
        d.h.wire.letGo();
        QTRY_VERIFY(o.ok());
        QVERIFY(d.h.signIn());
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kRelease), 1); // done is done
    }

    // Its refusal is of the session before, and must not end the one that has begun.
    void aLateRefusalOfTheOldSessionDoesNotEndTheNewOne()
    {
        Desk d;
        d.h.wire.on(kRelease, [] {
            FakeAnswer a = FakeAnswer::problem(401, "session-displaced");
            a.hang = true;
            return a;
        }());
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QVERIFY(d.endSession());
        QVERIFY(d.h.signIn());
        d.grant();
        d.h.wire.letGo();
        QTRY_VERIFY(o.ok());
        QCOMPARE(d.h.backend->session().state(), SessionState::Active);
        QCOMPARE(d.h.wire.asked(kRelease)[1].header("Authorization"), QByteArray("DPoP access-2"));
        QCOMPARE(d.h.wire.asked(kRelease)[0].header("Idempotency-Key"), d.h.wire.asked(kRelease)[1].header("Idempotency-Key"));
    }

    void decisionsAboutTheSessionItselfAreNotKept()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.wire.on("POST /v1/session/step-up", FakeAnswer::problem(401, "session-displaced"));
        Outcome<SessionInfo> o;
        d.h.backend->session().stepUp(u"totp"_s, u"123456"_s, o.reply());
        QTRY_COMPARE(o.code(), u"session-displaced"_s);
    }

    void noMoreThanSoMany()
    {
        Desk d;
        d.h.config.limits.parkedWrites = 2;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-displaced"));
        QVERIFY(d.h.signIn());
        std::array<Outcome<Hold>, 5> many;
        for (auto& o : many)
            d.h.backend->reservations().releaseHold({}, 1, u"r"_s, o.reply());
        const auto open = [&] { return std::count_if(many.begin(), many.end(), [](const auto& o) { return o.done.empty(); }); };
        QTRY_COMPARE(open(), 2);
        QVERIFY(d.h.settle());
        QCOMPARE(open(), 2);
        d.grant();
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(open(), 0);
        QCOMPARE(std::count_if(many.begin(), many.end(), [](const auto& o) { return o.ok(); }), 2);
    }

    void notLongerThanKeysAreRemembered()
    {
        FakeClock clock;
        Desk d;
        d.h.config.clock = &clock;
        d.h.wire.on(kRelease, FakeAnswer::problem(401, "session-displaced"));
        QVERIFY(d.h.signIn());
        Outcome<Hold> o;
        QVERIFY(d.write(o));
        QTRY_COMPARE(d.h.backend->session().state(), SessionState::Ended);
        clock.advance(Millis{13 * 3'600'000});
        d.grant();
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(o.code(), u"session-ended"_s);
        QCOMPARE(d.h.wire.count(kRelease), 1);
    }
};

QTEST_GUILESS_MAIN(tst_Parking)
#include "tst_Parking.moc"
