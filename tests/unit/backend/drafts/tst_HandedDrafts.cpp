// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// Drafts from one computer's store into another's: what arrives, and that nothing typed on either is lost.
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "backend/drafts/DraftStore.h"
#include "proof/HandoverKey.h"

using namespace naru;
using namespace naru::backend;
using namespace Qt::StringLiterals;

namespace {

const QString kServer = u"https://naru.example"_s;
constexpr qsizetype kMost = 700 * 1024;

Draft draft(const QString& id, const QByteArray& content, int changes = 1, std::int64_t at = 1'000, const QString& place = u"products"_s)
{
    return {place, id, u"한라산 렌터카"_s, 7, content, changes, fromUnixMs(at)};
}

// A computer of hanna's, with the key that only it is told.
struct Computer {
    explicit Computer(char letter) : key(32, letter), store(dir.path(), [](const Error& why) { QFAIL(qPrintable(why.detail)); }) { open(); }
    void open() { store.open(kServer, u"hanna"_s, key); }
    // As the server makes it for those who take what comes from here.
    QByteArray handoverKey(const QByteArray& sid) const { return QByteArray::fromStdString(proof::handoverKey(key.toStdString(), sid.toStdString())); }
    QByteArray handout(const QByteArray& sid, qsizetype most = kMost) { return store.handout(DraftSeal(handoverKey(sid)), most).sealed; }
    // What arrives there of what lies here.
    std::vector<ArrivedDraft> handTo(Computer& other, const QByteArray& sid = "01SID"_ba)
    {
        const auto arrived = other.store.takeIn(DraftSeal(handoverKey(sid)), handout(sid));
        return arrived.value_or(std::vector<ArrivedDraft>());
    }
    QByteArray content(const QString& id, const QString& place = u"products"_s)
    {
        for (const Draft& d : store.all())
            if (d.place == place && d.entityId == id)
                return d.content;
        return {};
    }
    QTemporaryDir dir;
    QByteArray key;
    DraftStore store;
};

} // namespace

class tst_HandedDrafts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void comeOverWhole()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "{\"price\":12}", 2, 3'000));
        a.store.keep(draft({}, "{\"title\":\"\xED\x95\x9C\"}", 1, 2'000, u"rules"_s));
        a.store.keep(draft({}, "{\"screen\":1}", 0, 4'000, u"workspace"_s)); // where the person was: on that computer
        a.store.keep(draft(u"2"_s, "gone"));
        a.store.drop(u"products"_s, u"2"_s);
        const auto arrived = a.handTo(b);
        QCOMPARE(arrived.size(), std::size_t(2));
        QCOMPARE(arrived[0], (ArrivedDraft{draft(u"1"_s, "{\"price\":12}", 2, 3'000), {}})); // every member
        QCOMPARE(arrived[1].draft.place, u"rules"_s);
        QCOMPARE(b.store.count(), 3);
        QVERIFY(!b.store.isSynced());
        b.store.sync();
        b.store.seal();
        b.open();
        QCOMPARE(b.store.count(), 3); // and on the disk there
        QVERIFY(a.handTo(b).empty()); // once more changes nothing
        QCOMPARE(b.store.count(), 3);
        QVERIFY(b.store.isSynced());
    }

    // T30: on their way and at the server nobody reads them, the keys of the two computers do not open them either, nor those of another hand-over.
    void areSealedOnTheirWay()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"0197f3b2"_s, "{\"title\":\"rental\",\"price\":129000}"));
        const QByteArray sealed = a.handout("01SID"_ba);
        for (const QByteArray& word : {QByteArray("products"), QByteArray("price"), QByteArray("rental"), QByteArray("129000"), QByteArray("0197f3b2"), a.key})
            QVERIFY2(!sealed.contains(word), word.constData());
        for (const QByteArray& key : {a.key, b.key, a.handoverKey("01OTHER"_ba), b.handoverKey("01SID"_ba)}) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"bytes do not open"_s));
            QVERIFY(!b.store.takeIn(DraftSeal(key), sealed));
        }
        QVERIFY(b.store.all().empty());
        QVERIFY(a.handTo(b).size() == 1);
        QVERIFY(a.handoverKey("01SID"_ba) != a.key);
    }

    void onlySoMuchTheNewestFirst()
    {
        Computer a('a');
        Computer b('b');
        for (int i = 0; i < 10; ++i)
            a.store.keep(draft(QString::number(i), QByteArray(1'000, 'x') + QByteArray::number(i), 1, i));
        const auto handout = a.store.handout(DraftSeal(a.handoverKey("01SID"_ba)), 3'500);
        QCOMPARE(handout.drafts, 3);
        QVERIFY(handout.sealed.size() <= 3'500);
        const auto arrived = b.store.takeIn(DraftSeal(a.handoverKey("01SID"_ba)), handout.sealed);
        QCOMPARE(arrived->size(), std::size_t(3));
        QCOMPARE(arrived->front().draft.entityId, u"9"_s);
        QCOMPARE(a.store.all().size(), std::size_t(10)); // nothing leaves the computer by this
    }

    // There and back: what was typed on goes on from what is here, and takes its place.
    void whatWasTypedOnComesBack()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "one"));
        QCOMPARE(a.handTo(b).size(), std::size_t(1));
        b.store.keep(draft(u"1"_s, "one two", 1, 2'000));
        a.store.keep(draft(u"1"_s, "one", 1, 9'000)); // its window kept it again, unchanged: no edit
        const auto back = b.handTo(a);
        QCOMPARE(back.size(), std::size_t(1));
        QCOMPARE(back[0].draft.content, "one two"_ba);
        QCOMPARE(back[0].over, std::optional("one"_ba));
        QCOMPARE(a.store.all().size(), std::size_t(1));
        a.store.keep(draft(u"1"_s, "one two three", 1, 10'000));
        QCOMPARE(a.handTo(b).at(0).draft.content, "one two three"_ba);
        QCOMPARE(b.store.all().size(), std::size_t(1));
    }

    // The same hand-over read twice, the second time after the person went on.
    void offeredTwiceIsNoSecondDraft()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "hello"));
        QCOMPARE(a.handTo(b).size(), std::size_t(1));
        b.store.keep(draft(u"1"_s, "hello world", 1, 2'000));
        QVERIFY(a.handTo(b).empty());
        QCOMPARE(b.store.all().size(), std::size_t(1));
        QCOMPARE(b.content(u"1"_s), "hello world"_ba);
        a.store.keep(draft(u"1"_s, "hello there", 1, 3'000)); // typed on there as well: both stay
        QCOMPARE(a.handTo(b).size(), std::size_t(1));
        QCOMPARE(b.store.all().size(), std::size_t(2));
    }

    // There and back, and there what was typed here is taken away again: that is an edit, too.
    void goingBackIsNoSecondOffer()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "hello"));
        QCOMPARE(a.handTo(b).size(), std::size_t(1));
        b.store.keep(draft(u"1"_s, "hello world", 1, 2'000));
        QCOMPARE(b.handTo(a).size(), std::size_t(1));
        a.store.keep(draft(u"1"_s, "hello", 1, 3'000));
        QCOMPARE(a.handTo(b).size(), std::size_t(1));
        QCOMPARE(b.store.all().size(), std::size_t(1));
        QCOMPARE(b.content(u"1"_s), "hello"_ba);
    }

    // Typed on both: the one that is here stays, the one that came waits beside it, and has its turn when the first is saved or given up.
    void typedOnBothKeepsBoth()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "from a", 1, 9'000)); // newer: no matter
        b.store.keep(draft(u"1"_s, "from b", 1, 1'000));
        const auto arrived = a.handTo(b);
        QCOMPARE(arrived.size(), std::size_t(1));
        QCOMPARE(arrived[0].draft.place, placeBeside(u"products"_s));
        QCOMPARE(b.content(u"1"_s), "from b"_ba);
        QCOMPARE(b.content(u"1"_s, placeBeside(u"products"_s)), "from a"_ba);
        QCOMPARE(b.store.count(), 2);
        QVERIFY(a.handTo(b).empty()); // it is there already
        b.store.sync();
        b.store.seal();
        b.open();
        QCOMPARE(b.store.count(), 2);
        const auto next = b.store.drop(u"products"_s, u"1"_s);
        QVERIFY(next);
        QCOMPARE(next->draft, draft(u"1"_s, "from a", 1, 9'000));
        QCOMPARE(b.store.all().size(), std::size_t(1));
        QVERIFY(!b.store.drop(u"products"_s, u"1"_s));
        b.store.sync();
        b.store.seal();
        b.open();
        QVERIFY(b.store.all().empty());
    }

    void threeComputersKeepThree()
    {
        Computer a('a');
        Computer b('b');
        Computer c('c');
        a.store.keep(draft(u"1"_s, "from a"));
        b.store.keep(draft(u"1"_s, "from b"));
        c.store.keep(draft(u"1"_s, "from c"));
        QCOMPARE(a.handTo(c).size(), std::size_t(1));
        QCOMPARE(b.handTo(c).size(), std::size_t(1));
        QCOMPARE(c.store.count(), 3);
        QCOMPARE(c.store.drop(u"products"_s, u"1"_s)->draft.content, "from a"_ba);
        QCOMPARE(c.store.count(), 2);
        QCOMPARE(c.store.drop(u"products"_s, u"1"_s)->draft.content, "from b"_ba);
        QCOMPARE(c.store.count(), 1);
        c.store.dropAll();
        QCOMPARE(c.store.count(), 0);
    }

    void damageStopsNothingBefore()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "first", 1, 2'000));
        a.store.keep(draft(u"2"_s, "second", 1, 1'000));
        QByteArray sealed = a.handout("01SID"_ba);
        sealed[sealed.size() - 1] = char(sealed.back() ^ 1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"bytes do not open"_s));
        const auto arrived = b.store.takeIn(DraftSeal(a.handoverKey("01SID"_ba)), sealed);
        QCOMPARE(arrived->size(), std::size_t(1));
        QCOMPARE(arrived->front().draft.content, "first"_ba);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"bytes do not open"_s));
        QVERIFY(!b.store.takeIn(DraftSeal(a.handoverKey("01SID"_ba)), "nothing of ours"));
    }

    void nobodySignedInTakesNothing()
    {
        Computer a('a');
        Computer b('b');
        a.store.keep(draft(u"1"_s, "x"));
        b.store.seal();
        QVERIFY(!b.store.takeIn(DraftSeal(a.handoverKey("01SID"_ba)), a.handout("01SID"_ba)));
    }
};

QTEST_GUILESS_MAIN(tst_HandedDrafts)
#include "tst_HandedDrafts.moc"
