// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QDir>
#include <QSemaphore>
#include <QTest>

#include "backend/drafts/DraftDesk.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr Millis kAgain{10'000}; // longer than any of these tests waits
const QString kServer = u"https://naru.example"_s;
const UserId kHanna = *UserId::parse(QStringView(u"01J0000000000000000000000A"));
const UserId kMinho = *UserId::parse(QStringView(u"01J0000000000000000000000C"));

Draft draft(const QString& id, const QByteArray& content) { return {u"products"_s, id, u"한라산 렌터카"_s, 7, content, 1, fromUnixMs(5'000)}; }

qint64 bytesIn(const QString& folder)
{
    qint64 bytes = 0;
    for (const QFileInfo& file : QDir(folder).entryInfoList({u"*.drafts"_s}, QDir::Files))
        bytes += file.size();
    return bytes;
}

// A desk as the backend thread has it, which is this one.
struct Desk {
    Desk() { open(); }
    void open()
    {
        in = std::make_unique<Channel<DraftCommand>>(0);
        desk = std::make_unique<DraftDesk>(dir.path(), *in, kAgain, [this](OutMessage m) { out.pushAlways(std::move(m)); });
    }
    void keep(const UserId& who, const Draft& d) { in->pushAlways(KeepDraft{who.toString(), d}); }
    void signIn(const UserId& who) { desk->signedIn(kServer, who, QByteArray(32, who == kHanna ? 'h' : 'm').toBase64(kBase64)); }
    std::vector<Draft> all()
    {
        in->pushAlways(DraftsCall{1, std::make_shared<std::atomic<bool>>(false)});
        desk->isOpen(); // what was said before is done then
        std::vector<Draft> kept;
        while (const auto message = out.pop())
            if (const auto* answer = std::get_if<Answer>(&*message))
                kept = *std::any_cast<const Result<std::vector<Draft>>&>(answer->result);
        return kept;
    }
    QTemporaryDir dir;
    std::unique_ptr<Channel<DraftCommand>> in;
    Channel<OutMessage> out{0};
    std::unique_ptr<DraftDesk> desk;
};

} // namespace

// Drafts on a thread of their own: what is typed is written whatever the backend thread is busy with, and in the order in which it was said.
class tst_DraftDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void waitsForNoAnswerToBeRead()
    {
        BackendHarness h;
        h.wire.on("POST /oauth/token", [&h](const FakeRequest&) {
            protocol::TokenAnswer t = h.tokens(++h.issued);
            t.draftKey = QString::fromLatin1(QByteArray(32, 'k').toBase64(kBase64));
            return BackendHarness::json(jsonOf(t));
        });
        QSemaphore reading;
        QSemaphore written;
        h.wire.on("GET /v1/server", [&](const FakeRequest&) { // the backend thread has much to do with it
            reading.release();
            written.tryAcquire(1, 30'000);
            return BackendHarness::json("{\"name\":\"naru\",\"version\":\"1\",\"demo\":false,\"demo_accounts\":[]}");
        });
        QVERIFY(h.signIn());
        const QString folder = h.config.dataDir + u"/drafts"_s;
        const qint64 before = bytesIn(folder);
        Outcome<ServerInfo> o;
        h.backend->session().serverInfo(o.reply());
        QVERIFY(reading.tryAcquire(1, 10'000));
        h.backend->drafts().keep(draft(u"1"_s, "{\"price\":129000}"));
        const bool in = QTest::qWaitFor([&] { return bytesIn(folder) > before; }, 5'000);
        written.release();
        QVERIFY(in);
        QTRY_VERIFY(!o.done.empty());
    }

    void asksNobodyToWakeIt()
    {
        Desk d;
        d.signIn(kHanna);
        const qint64 before = bytesIn(d.dir.path());
        d.keep(kHanna, draft(u"1"_s, "x"));
        QTRY_VERIFY(bytesIn(d.dir.path()) > before);
    }

    void takesWhatWasSaidBeforeItSeals()
    {
        Desk d;
        d.signIn(kHanna);
        for (int i = 0; i < 200; ++i)
            d.keep(kHanna, draft(QString::number(i), "typed last"));
        d.desk->signedOut();
        QVERIFY(!d.desk->isOpen());
        d.signIn(kHanna);
        QCOMPARE(d.all().size(), std::size_t(200));
    }

    void worksOffAllAtItsEnd()
    {
        Desk d;
        d.signIn(kHanna);
        for (int i = 0; i < 200; ++i)
            d.keep(kHanna, draft(QString::number(i), "typed last"));
        d.desk.reset();
        d.open();
        d.signIn(kHanna);
        QCOMPARE(d.all().size(), std::size_t(200));
    }

    void keepsNothingAmongAnothersDrafts()
    {
        Desk d;
        d.signIn(kHanna);
        const quint64 revision = d.desk->revision();
        d.keep(kHanna, draft(u"1"_s, "hers"));
        QVERIFY(d.desk->revision() != revision);
        d.signIn(kMinho);
        const quint64 his = d.desk->revision();
        d.keep(kHanna, draft(u"1"_s, "hers, late"));
        QCOMPARE(d.desk->revision(), his);
        QVERIFY(d.all().empty());
        d.signIn(kHanna);
        QCOMPARE(d.all().size(), std::size_t(1));
        QCOMPARE(d.all()[0].content, "hers"_ba);
    }
};

QTEST_GUILESS_MAIN(tst_DraftDesk)
#include "tst_DraftDesk.moc"
