// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// 64 clients at once for the 100 places of one slot, against the real server process.
#include "integration/Market.h"
#include "integration/Verdict.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_HotSlot : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<SmallStore> m_store;

private Q_SLOTS:
    void initTestCase() { m_store = std::make_unique<SmallStore>(); }
    void cleanupTestCase() { m_store.reset(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
    }

    void aHundredPlacesForManyMore()
    {
        NarudProcess narud;
        const SmallData& data = m_store->copyTo(narud.dataDir());
        QVERIFY2(narud.start(), qPrintable(narud.log()));
        Witness witness;
        Crowd crowd(witness, data, 64, 4);
        crowd.run(narud.host(), narud.port());
        QCOMPARE(crowd.unanswered(), std::size_t(0));
        QVERIFY2(narud.terminate(), qPrintable(narud.log()));
        qInfo().noquote() << "hot slot, 64 clients:" << witness.latencies();
        QCOMPARE(verdict(narud.dataDir(), witness, data.slotItems.front(), 100).join(u'\n'), QString());
        QString output;
        QVERIFY2(narud.run({u"check"_s}, &output) == 0, qPrintable(output));
    }

    // The same judgement on a server whose guard is off: it must not pass.
    void withoutTheGuardTheVerdictIsBad()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        NarudProcess narud;
        const SmallData& data = m_store->copyTo(narud.dataDir());
        QVERIFY2(narud.start({u"--failpoints"_s, u"engine.guard_off=on"_s}), qPrintable(narud.log()));
        Witness witness;
        Crowd crowd(witness, data, 64, 4);
        crowd.run(narud.host(), narud.port());
        narud.terminate();
        const QStringList broken = verdict(narud.dataDir(), witness, data.slotItems.front(), 100);
        QVERIFY2(!broken.isEmpty(), "the verdict does not notice a missing guard");
        qInfo().noquote() << "guard off:" << broken.join(u"; "_s);
    }

    // A witness of other things than happened: each rule must notice.
    void theVerdictBites()
    {
        NarudProcess narud;
        const SmallData& data = m_store->copyTo(narud.dataDir());
        QVERIFY2(narud.start(), qPrintable(narud.log()));
        Witness witness;
        Crowd crowd(witness, data, 8, 14);
        crowd.run(narud.host(), narud.port());
        QVERIFY(narud.terminate());
        const auto judged = [&](const std::function<void(std::vector<Ack>&)>& falsify) {
            std::vector<Ack> acks = witness.acks();
            falsify(acks);
            Witness other;
            for (const Ack& a : acks)
                other.write(a);
            return verdict(narud.dataDir(), other, data.slotItems.front(), 100).join(u'\n');
        };
        const auto first = [](std::vector<Ack>& acks, const QString& said) -> Ack& {
            return *std::find_if(acks.begin(), acks.end(), [&](const Ack& a) { return a.said == said; });
        };
        const auto confirmed = [](const Ack& a) { return a.said == u"confirmed"_s; };
        QCOMPARE(judged([](std::vector<Ack>&) {}), QString());
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"confirmed"_s).key = u"nobody:else"_s; }).contains(u"V01"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"confirmed"_s).reservation = u"another"_s; }).contains(u"V02"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { a.push_back(a.front()); a.back().ticket = u"second"_s; }).contains(u"V03"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"rejected"_s).refusal.clear(); }).contains(u"reason"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"rejected"_s).http = 0; }).contains(u"ends confirmed"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"rejected"_s).said = u"failed"_s; }).contains(u"told failed"_s));
        const auto swapTimes = [](Ack& a, Ack& b) {
            std::swap(a.sentAt, b.sentAt);
            std::swap(a.gotAt, b.gotAt);
        };
        QVERIFY(judged([&](std::vector<Ack>& a) { swapTimes(a.front(), *std::find_if(a.rbegin(), a.rend(), confirmed)); }).contains(u"V16 nobody is served"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { swapTimes(a.front(), a.back()); }).contains(u"V16 nobody is turned away"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { first(a, u"confirmed"_s).lines.front().qty = 2; }).contains(u"exactly what was granted"_s));
        QVERIFY(judged([&](std::vector<Ack>& a) { for (Ack& ack : a) ack.lines.front().itemId = data.slotItems.back(); }).contains(u"V15"_s));
    }
};

QTEST_GUILESS_MAIN(tst_HotSlot)
#include "tst_HotSlot.moc"
