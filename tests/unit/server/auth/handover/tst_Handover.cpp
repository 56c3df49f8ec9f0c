// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// Hand-over of drafts over a real store: when it is open, who gets what, and when it goes.
#include "proof/Encoding.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/conflict/Decisions.h"
#include "server/auth/handover/Handover.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

namespace {

const QString kSealed = u"c2VhbGVk"_s; // "sealed"
constexpr Millis kMoment{1'000};

// Two known devices of one person; the session on the first has just been displaced from the second.
struct Taken {
    explicit Taken(SessionDesk& d, const QString& who = u"staff1"_s) : desk(d), login(who)
    {
        desk.session(login, u"A"_s);
        desk.clock.advance(kMoment);
        desk.session(login, u"B"_s);
        desk.clock.advance(kMoment);
        old = desk.session(login, u"A"_s);
        desk.clock.advance(kMoment);
        fresh = desk.session(login, u"B"_s);
    }
    QString refusal(const SessionId& sid, const QString& sealed = kSealed)
    {
        try {
            desk.write([&](Txn& txn) { storeHandover(txn, sid, 2, sealed); });
        } catch (const ProblemError& e) {
            const auto* reason = e.problem.extra.if_contains("reason");
            return e.problem.code + (reason ? u' ' + protocol::fromUtf8(std::string_view(reason->as_string())) : QString());
        }
        return {};
    }
    std::vector<Handover> waiting(const QString& device) { return handoversFor(*desk.db, desk.user(login), desk.device(login, device), desk.clock.now()); }
    QString taking(const QString& device, const SessionId& sid, std::int64_t version = 1)
    {
        const DeviceId on = desk.device(login, device);
        return desk.refusal([&](Txn& txn) { takeHandover(txn, desk.user(login), on, sid, version); });
    }
    SessionDesk& desk;
    QString login;
    SessionId old, fresh;
};

QString ofBytes(std::size_t n) { return QString::fromStdString(proof::toBase64Url(std::string(n, 'x'))); }

} // namespace

class tst_Handover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aDisplacedSessionLeavesItsDrafts()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        const auto waiting = t.waiting(u"B"_s);
        QCOMPARE(waiting.size(), std::size_t(1));
        QCOMPARE(waiting[0].sid, t.old);
        QCOMPARE(waiting[0].device, desk.device(u"staff1"_s, u"A"_s));
        QCOMPARE(waiting[0].deviceName, u"A"_s);
        QCOMPARE(waiting[0].drafts, 2);
        QCOMPARE(waiting[0].sealed, kSealed); // as it came
        QCOMPARE(waiting[0].expiresAt, desk.clock.now() + kHandoverKept);
        QCOMPARE(desk.audits(u"auth.handover.stored"_s), 1);
        const QString line = desk.text(u"SELECT diff_json FROM audit_event WHERE action = 'auth.handover.stored'"_s, {});
        QVERIFY2(line.contains(u"\"drafts\":2"_s) && line.contains(u"\"bytes\":6"_s) && !line.contains(kSealed), qPrintable(line));
        QCOMPARE(desk.published(u"session.handover"_s), 1);
        QCOMPARE(desk.violations(), QStringList());
    }

    void openForAMinute()
    {
        SessionDesk desk;
        Taken t(desk);
        desk.clock.advance(kHandoverOpen);
        QCOMPARE(t.refusal(t.old), QString());
        desk.clock.advance(Millis{1});
        QCOMPARE(t.refusal(t.old), u"handover-closed too-late"_s);
    }

    void onlyForThoseDisplaced()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.fresh), u"handover-closed not-displaced"_s);
        desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_session SET status = 'revoked' WHERE sid = ?"_s, {t.old}); });
        QCOMPARE(t.refusal(t.old), u"handover-closed not-displaced"_s);
        QCOMPARE(t.refusal(SessionId{}), u"handover-closed not-displaced"_s);
    }

    void notOnceSomebodyFollowed()
    {
        SessionDesk desk;
        Taken t(desk);
        desk.session(u"staff1"_s, u"A"_s);
        QCOMPARE(t.refusal(t.old), u"handover-closed overtaken"_s);
        QCOMPARE(t.refusal(t.fresh), QString()); // that one is open now
        QCOMPARE(t.waiting(u"A"_s).size(), std::size_t(1));
    }

    void notWithinOneDevice()
    {
        SessionDesk desk;
        Taken t(desk);
        desk.session(u"staff1"_s, u"B"_s);
        QCOMPARE(t.refusal(t.fresh), u"handover-closed same-device"_s);
    }

    void notToADeviceNobodyKnows()
    {
        SessionDesk desk;
        Taken t(desk);
        const SessionId stranger = desk.session(u"staff1"_s, u"C"_s);
        QCOMPARE(t.refusal(t.fresh), u"handover-closed device-new"_s);
        desk.session(u"staff1"_s, u"B"_s);
        QCOMPARE(t.refusal(stranger), QString()); // from it is another matter
    }

    void notToADeviceThatWasReported()
    {
        SessionDesk desk;
        Taken t(desk);
        const Reported report = desk.write([&](Txn& txn) { return reportNotMe(txn, t.old); });
        QCOMPARE(t.refusal(t.old), u"handover-closed device-reported"_s);
        const SessionId again = desk.session(u"staff1"_s, u"A"_s);
        desk.session(u"staff1"_s, u"B"_s); // the same device, later
        QCOMPARE(t.refusal(again), u"handover-closed device-reported"_s);
        desk.write([&](Txn& txn) { decideConflict(txn, desk.reviewer(u"support1"_s), report.id, {ConflictDecision::Benign, 1, u"it was him"_s}); }, u"support1"_s);
        QCOMPARE(t.refusal(again), QString());
    }

    void aReportTakesItBack()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        desk.write([&](Txn& txn) { reportNotMe(txn, t.old); });
        QVERIFY(t.waiting(u"B"_s).empty());
        QCOMPARE(desk.count(u"SELECT COUNT(*) FROM draft_handover"_s), 0);
        QCOMPARE(desk.audits(u"auth.handover.dropped"_s), 1);
    }

    void onlySoMuch()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old, ofBytes(kHandoverBytes + 1)), u"handover-too-large"_s);
        QCOMPARE(t.refusal(t.old, ofBytes(kHandoverBytes)), QString());
        QCOMPARE(t.refusal(t.old, u"no base64url!"_s), u"body-invalid"_s);
        QVERIFY(ofBytes(kHandoverBytes).size() + 1'000 < 1024 * 1024); // within the usual largest body
    }

    void whatComesLaterTakesItsPlace()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        QCOMPARE(t.refusal(t.old, u"bGF0ZXI"_s), QString());
        QCOMPARE(t.waiting(u"B"_s).size(), std::size_t(1));
        QCOMPARE(t.waiting(u"B"_s)[0].sealed, u"bGF0ZXI"_s);
        QCOMPARE(t.taking(u"B"_s, t.old, 1), u"version-mismatch"_s); // only the first was read
        QCOMPARE(t.waiting(u"B"_s).size(), std::size_t(1));
        QCOMPARE(t.taking(u"B"_s, t.old, 2), QString());
    }

    void isTakenOnce()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        QCOMPARE(t.taking(u"B"_s, t.fresh), u"not-found"_s);
        QCOMPARE(t.taking(u"B"_s, t.old), QString());
        QCOMPARE(desk.audits(u"auth.handover.taken"_s), 1);
        QVERIFY(t.waiting(u"B"_s).empty());
        QCOMPARE(t.taking(u"B"_s, t.old), u"not-found"_s);
    }

    void onlyTheSamePersonOnAnotherKnownDevice()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        QVERIFY(t.waiting(u"A"_s).empty()); // they are there
        desk.session(u"staff1"_s, u"C"_s); // begun to use only now
        QVERIFY(t.waiting(u"C"_s).empty());
        QCOMPARE(t.taking(u"C"_s, t.old), u"not-found"_s);
        const DeviceId his = desk.device(u"support1"_s, u"B"_s);
        QVERIFY(handoversFor(*desk.db, desk.user(u"support1"_s), his, desk.clock.now()).empty());
        QVERIFY(handoversFor(*desk.db, desk.user(u"support1"_s), desk.device(u"staff1"_s, u"B"_s), desk.clock.now()).empty());
        QCOMPARE(desk.refusal([&](Txn& txn) { takeHandover(txn, desk.user(u"support1"_s), his, t.old, 1); }), u"not-found"_s);
        QCOMPARE(t.waiting(u"B"_s).size(), std::size_t(1));
    }

    void diesAfterADay()
    {
        SessionDesk desk;
        Taken t(desk);
        QCOMPARE(t.refusal(t.old), QString());
        desk.clock.advance(kHandoverKept - Millis{1});
        QCOMPARE(desk.write([](Txn& txn) { return expireHandovers(txn); }), 0);
        QCOMPARE(t.waiting(u"B"_s).size(), std::size_t(1));
        desk.clock.advance(Millis{1});
        QVERIFY(t.waiting(u"B"_s).empty()); // also before anybody has swept
        QCOMPARE(desk.write([](Txn& txn) { return expireHandovers(txn); }), 1);
        QCOMPARE(desk.count(u"SELECT COUNT(*) FROM draft_handover"_s), 0);
    }

    void theNewestFewAreKept()
    {
        SessionDesk desk;
        Taken t(desk);
        std::vector<SessionId> left;
        for (int i = 0; i < kHandoversKept + 2; ++i) {
            desk.clock.advance(kMoment);
            const SessionId from = desk.session(u"staff1"_s, u"A"_s);
            desk.clock.advance(kMoment);
            desk.session(u"staff1"_s, u"B"_s);
            QCOMPARE(t.refusal(from), QString());
            left.push_back(from);
        }
        const auto waiting = t.waiting(u"B"_s);
        QCOMPARE(int(waiting.size()), kHandoversKept);
        QCOMPARE(waiting.front().sid, left[2]);
        QCOMPARE(waiting.back().sid, left.back());
    }

    void vendorsPeopleHearOfTheirOwn()
    {
        SessionDesk desk;
        Taken t(desk, u"teamember"_s);
        QCOMPARE(t.refusal(t.old), QString());
        QCOMPARE(desk.text(u"SELECT scope_vendor_id FROM outbox WHERE topic = 'session.handover'"_s, {}), desk.tea.toString());
        QCOMPARE(desk.text(u"SELECT entity_id FROM outbox WHERE topic = 'session.handover'"_s, {}), desk.user(u"teamember"_s).toString());
    }
};

QTEST_GUILESS_MAIN(tst_Handover)
#include "tst_Handover.moc"
