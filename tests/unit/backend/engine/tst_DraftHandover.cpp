// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 150
#include <QTest>

#include "backend/drafts/DraftStore.h"
#include "proof/HandoverKey.h"
#include "protocol/HandoverFields.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPut = "PUT /v1/session/handover";
const QByteArray kGet = "GET /v1/session/handover";
const QByteArray kSid = "01J0000000000000000000000F"; // of a session on the other computer
const QByteArray kDelete = "DELETE /v1/session/handover/" + kSid;
const QByteArray kDisplaced = "{\"reason\":\"displaced\",\"at\":\"2026-03-02T00:00:01.000Z\",\"by_device\":\"pc-2\",\"by_place\":\"부산\"}";
const QByteArray kExpired = "{\"reason\":\"expired_idle\",\"at\":\"2026-03-02T00:00:01.000Z\"}";
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

Draft draft(const QString& id, const QByteArray& content) { return {u"products"_s, id, u"한라산 렌터카"_s, 7, content, 1, fromUnixMs(5'000)}; }

DraftSeal sealOf(const QByteArray& draftKey, const QByteArray& sid) { return DraftSeal(QByteArray::fromStdString(proof::handoverKey(draftKey.toStdString(), sid.toStdString()))); }

struct Desk {
    Desk()
    {
        h.config.clock = &clock;
        h.config.limits.heartbeatLost = Millis{1'000'000'000};
        h.config.limits.wakeGap = Millis{1'000'000'000};
        h.config.limits.tick = Millis{1};
        h.wire.on("POST /oauth/token", [this](const FakeRequest&) {
            protocol::TokenAnswer t = h.tokens(++h.issued);
            t.draftKey = QString::fromLatin1(key.toBase64(kBase64));
            return BackendHarness::json(jsonOf(t));
        });
        h.wire.on(kPut, BackendHarness::status(204));
        h.wire.on(kGet, BackendHarness::json("{\"items\":[]}"));
        h.wire.on(kDelete, BackendHarness::status(204));
    }
    bool end(const QByteArray& how)
    {
        h.wire.event("session.ended", how, ++events);
        return QTest::qWaitFor([&] { return h.backend->session().state() == SessionState::Ended; }, 5000);
    }
    // Time goes on until so many offers were made; or, when that is too many, for more than a minute.
    bool offered(int n)
    {
        for (int i = 0; i < 150 && h.wire.count(kPut) < n; ++i) {
            clock.advance(Millis{500});
            if (!h.settle())
                return false;
        }
        return h.wire.count(kPut) == n;
    }
    // What an offer says, opened as the other computer does.
    std::vector<ArrivedDraft> saidBy(const FakeRequest& request) const
    {
        const auto body = protocol::parseJson({request.body.constData(), std::size_t(request.body.size())});
        const auto offer = body ? protocol::fromJson<protocol::HandoverOffer>(*body, true) : Result<protocol::HandoverOffer>(Error{});
        if (!offer || offer->refreshToken != u"refresh-1")
            return {};
        DraftStore store(QString(), [](const Error&) {});
        store.open(u"s"_s, u"u"_s, QByteArray(32, 'o'));
        auto arrived = store.takeIn(sealOf(key, h.info.sid.toString().toLatin1()), QByteArray::fromBase64(offer->sealed.toLatin1(), kBase64));
        return arrived && int(arrived->size()) == offer->drafts ? *arrived : std::vector<ArrivedDraft>();
    }
    // What the other computer left, for the server to tell.
    QByteArray package(const std::vector<Draft>& drafts, std::int64_t version = 1)
    {
        const QByteArray other(32, 'o');
        DraftStore store(QString(), [](const Error&) {});
        store.open(u"s"_s, u"u"_s, other);
        for (const Draft& d : drafts)
            store.keep(d);
        protocol::HandoverPackage p;
        p.id = *SessionId::parse(std::string_view(kSid.constData(), std::size_t(kSid.size())));
        p.version = version;
        p.deviceName = u"pc-2"_s;
        p.drafts = int(drafts.size());
        p.key = QString::fromLatin1(QByteArray::fromStdString(proof::handoverKey(other.toStdString(), kSid.toStdString())).toBase64(kBase64));
        p.sealed = QString::fromLatin1(store.handout(sealOf(other, kSid), 1 << 20).sealed.toBase64(kBase64));
        return jsonOf(protocol::HandoverList{{p}});
    }
    std::vector<Draft> kept()
    {
        Outcome<std::vector<Draft>> o;
        h.backend->drafts().all(o.reply());
        return QTest::qWaitFor([&] { return !o.done.empty(); }, 5000) && o.ok() ? *o.done.front() : std::vector<Draft>();
    }

    QByteArray key = QByteArray(32, 'k');
    FakeClock clock;
    BackendHarness h;
    int events = 0;
};

} // namespace

// How a displaced console leaves its drafts for the person's other computer, and how that one takes them.
class tst_DraftHandover : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aDisplacedConsoleLeavesItsDrafts()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "{\"price\":129000}"));
        QVERIFY(d.end(kDisplaced));
        QVERIFY(d.offered(1));
        const FakeRequest asked = d.h.wire.asked(kPut)[0];
        QCOMPARE(d.saidBy(asked).size(), std::size_t(1));
        QCOMPARE(d.saidBy(asked)[0].draft, draft(u"1"_s, "{\"price\":129000}"));
        QVERIFY(!asked.body.contains("129000") && !asked.body.contains("products"));
        QVERIFY(!asked.header("DPoP").isEmpty() && !asked.header("Idempotency-Key").isEmpty());
        QCOMPARE(asked.header("Authorization"), QByteArray()); // the old token opens nothing any more
        QVERIFY(!d.offered(2)); // once is enough
        QCOMPARE(d.kept().size(), std::size_t(1)); // and here they stay
    }

    // The windows hand over what was typed last when they hear of the end.
    void theLastKeystrokesGoAlong()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "hel"));
        QObject::connect(&d.h.backend->session(), &SessionService::stateChanged, &d.h.backend->session(), [&](SessionState state) {
            if (state == SessionState::Ended)
                d.h.backend->drafts().keep(draft(u"1"_s, "hello"));
        });
        QVERIFY(d.end(kDisplaced));
        QVERIFY(d.offered(1));
        QCOMPARE(d.saidBy(d.h.wire.asked(kPut)[0]).at(0).draft.content, "hello"_ba);
        d.h.backend->drafts().keep(draft(u"1"_s, "hello!")); // later still
        QVERIFY(d.offered(2));
        QCOMPARE(d.saidBy(d.h.wire.asked(kPut)[1]).at(0).draft.content, "hello!"_ba);
        QVERIFY(d.h.wire.asked(kPut)[0].header("Idempotency-Key") != d.h.wire.asked(kPut)[1].header("Idempotency-Key"));
    }

    void isTriedAgainForAMinute()
    {
        Desk d;
        d.h.wire.on(kPut, FakeAnswer::problem(503, "busy"));
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "x"));
        QVERIFY(d.end(kDisplaced));
        QVERIFY(d.offered(3));
        d.h.wire.on(kPut, BackendHarness::status(204));
        QVERIFY(d.offered(4));
        QCOMPARE(d.h.wire.asked(kPut)[0].header("Idempotency-Key"), d.h.wire.asked(kPut)[3].header("Idempotency-Key"));
        QVERIFY(!d.offered(5));
    }

    void notLongerThanAMinute()
    {
        Desk d;
        d.h.wire.on(kPut, FakeAnswer::problem(503, "busy"));
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "x"));
        QVERIFY(d.end(kDisplaced));
        QVERIFY(!d.offered(1'000));
        const int tried = d.h.wire.count(kPut);
        QVERIFY2(tried > 5, qPrintable(QString::number(tried)));
        QVERIFY(!d.offered(1'000)); // the minute is over
        QCOMPARE(d.h.wire.count(kPut), tried);
    }

    void aRefusalIsTheEnd()
    {
        Desk d;
        d.h.wire.on(kPut, FakeAnswer::problem(403, "handover-closed", "\"reason\":\"device-new\""));
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "x"));
        QVERIFY(d.end(kDisplaced));
        QVERIFY(d.offered(1));
        QVERIFY(!d.offered(2));
    }

    void onlyWhatADisplacementLeaves()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "x"));
        QVERIFY(d.end(kExpired));
        QVERIFY(!d.offered(1));
        Desk none;
        QVERIFY(none.h.signIn());
        QVERIFY(none.end(kDisplaced));
        QVERIFY(!none.offered(1)); // nothing was typed
    }

    void notToSomebodyElse()
    {
        Desk d;
        d.h.wire.on("POST /v1/session-conflicts", BackendHarness::json("{\"id\":\"01J0000000000000000000000C\",\"state\":\"open\"}"));
        QVERIFY(d.h.signIn());
        d.h.backend->drafts().keep(draft(u"1"_s, "x"));
        QVERIFY(d.end(kDisplaced));
        Outcome<Done> told;
        d.h.backend->session().reportNotMe(told.reply());
        QTRY_VERIFY(told.ok());
        QVERIFY(!d.offered(1));
    }

    void takesWhatTheOtherComputerLeft()
    {
        Desk d;
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "from there"), draft(u"2"_s, "as well")})));
        d.h.start();
        std::vector<ArrivedDraft> arrived;
        QObject::connect(&d.h.backend->drafts(), &DraftService::arrived, &d.h.backend->drafts(), [&](const std::vector<ArrivedDraft>& come) { arrived = come; });
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(arrived.size(), std::size_t(2));
        QCOMPARE(d.h.backend->drafts().count(), 2);
        QTRY_COMPARE(d.h.wire.count(kDelete), 1);
        QCOMPARE(d.h.wire.asked(kDelete)[0].header("If-Match"), "\"v1\""_ba);
        QVERIFY(!d.h.wire.asked(kDelete)[0].header("Idempotency-Key").isEmpty());
        QCOMPARE(d.h.wire.asked(kGet)[0].header("Naru-Activity"), QByteArray()); // nobody touched anything
        QCOMPARE(d.kept().size(), std::size_t(2));
        QCOMPARE(d.h.wire.count(kGet), 1);
    }

    // The usual way: the other console hears of its end only after this one has signed in.
    void takesWhatComesLater()
    {
        Desk d;
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kGet), 1);
        d.h.backend->drafts().keep(draft(u"1"_s, "typed here"));
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "from there")})));
        d.h.wire.event("session.handover", "{\"id\":\"" + kSid + "\"}", ++d.events);
        QTRY_COMPARE(d.h.wire.count(kDelete), 1);
        QTRY_COMPARE(d.h.backend->drafts().count(), 2); // both stay
        std::vector<ArrivedDraft> arrived;
        QObject::connect(&d.h.backend->drafts(), &DraftService::arrived, &d.h.backend->drafts(), [&](const std::vector<ArrivedDraft>& come) { arrived = come; });
        d.h.backend->drafts().drop(u"products"_s, u"1"_s);
        QTRY_COMPARE(arrived.size(), std::size_t(1));
        QCOMPARE(arrived[0].draft, draft(u"1"_s, "from there"));
        QCOMPARE(d.h.backend->drafts().count(), 1);
        d.h.backend->drafts().drop(u"products"_s, u"1"_s);
        QCOMPARE(d.h.backend->drafts().count(), 0);
        QVERIFY(d.kept().empty());
    }

    void whatDoesNotOpenStaysAtTheServer()
    {
        Desk d;
        QByteArray list = d.package({draft(u"1"_s, "x")});
        const auto at = list.indexOf("\"key\":\"") + 7;
        list[at] = list[at] == 'A' ? 'B' : 'A';
        d.h.wire.on(kGet, BackendHarness::json(list));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"bytes do not open"_s));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kGet), 1);
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kDelete), 0);
        QVERIFY(d.kept().empty());
    }

    void asksAgainWhenTheServerCannotSay()
    {
        Desk d;
        d.h.wire.on(kGet, FakeAnswer::problem(503, "busy"));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kGet), 1);
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "x")})));
        QVERIFY(d.h.settle());
        QCOMPARE(d.h.wire.count(kGet), 1); // not at once
        d.clock.advance(Millis{1'000});
        QTRY_COMPARE(d.h.wire.count(kDelete), 1);
        QCOMPARE(d.h.wire.count(kGet), 2);
    }

    // The server's word that something has come overtakes its answer to what was asked before: the same package is read twice, and saved in between.
    void readTwiceDoesNotComeBack()
    {
        Desk d;
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "hello")})));
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.backend->drafts().count(), 1);
        d.h.backend->drafts().drop(u"products"_s, u"1"_s);
        d.h.wire.event("session.handover", "{\"id\":\"" + kSid + "\"}", ++d.events);
        QTRY_COMPARE(d.h.wire.count(kDelete), 2);
        QVERIFY(d.h.settle());
        QVERIFY(d.kept().empty());
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "hello again")}, 2))); // a newer one comes
        d.h.wire.event("session.handover", "{\"id\":\"" + kSid + "\"}", ++d.events);
        QTRY_COMPARE(d.h.backend->drafts().count(), 1);
    }

    void moreThatCameMeanwhileIsReadToo()
    {
        Desk d;
        d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "hel")})));
        d.h.wire.on(kDelete, [&](const FakeRequest&) {
            d.h.wire.on(kGet, BackendHarness::json(d.package({draft(u"1"_s, "hel"), draft(u"2"_s, "lo")}, 2)));
            d.h.wire.on(kDelete, BackendHarness::status(204));
            return FakeAnswer::problem(412, "version-mismatch");
        });
        QVERIFY(d.h.signIn());
        QTRY_COMPARE(d.h.wire.count(kDelete), 2);
        QCOMPARE(d.h.wire.asked(kDelete)[1].header("If-Match"), "\"v2\""_ba);
        QTRY_COMPARE(d.h.backend->drafts().count(), 2);
    }
};

QTEST_GUILESS_MAIN(tst_DraftHandover)
#include "tst_DraftHandover.moc"
