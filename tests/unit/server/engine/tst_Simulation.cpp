// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_sim naru_test_support
// timeout: 1500
// labels: campaign
#include "server/store/Failpoint.h"
#include "sim/Campaign.h"
#include "support/Campaign.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::sim;

// The engine under drawn schedules and faults, beside an independent model.
class tst_Simulation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup() { server::clearFailpoints(); }
    void knownSeedsStayGreen();
    void manySeeds();
    void sameSeedSameEnd();
    void mutantsAreCaught_data();
    void mutantsAreCaught();
    void rawClocksAreCaughtBothWays();

private:
    SimStore m_store;
};

void tst_Simulation::knownSeedsStayGreen()
{
    for (const auto& [seed, steps] : knownSeeds(qEnvironmentVariable("NARU_SOURCE_DIR") + u"/tests/data/seeds.txt"_s)) {
        const Verdict v = Simulation(m_store, seed, steps).run();
        QVERIFY2(v.ok, qPrintable(v.trouble));
    }
}

void tst_Simulation::manySeeds()
{
    CampaignOptions options;
    options.first = test::campaignSeed();
    options.steps = 40; // short ones find as much for their time
    options.last = options.first + static_cast<quint64>(test::campaign(100, 10'000)) - 1;
    const CampaignResult result = runCampaign(m_store, options);
    qInfo("%s", qPrintable(result.text()));
    QVERIFY2(!result.red, result.red ? qPrintable(result.red->trouble) : "");
}

void tst_Simulation::sameSeedSameEnd()
{
    const Verdict one = Simulation(m_store, 11, 100).run();
    const Verdict two = Simulation(m_store, 11, 100).run();
    const Verdict other = Simulation(m_store, 12, 100).run();
    QVERIFY2(one.ok, qPrintable(one.trouble));
    QCOMPARE(one.hash, two.hash);
    QVERIFY(one.hash != other.hash);
}

void tst_Simulation::mutantsAreCaught_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("3") << u"nobody looks whether there are seats"_s;
    QTest::newRow("8") << u"a cancelled reservation's seats come back twice"_s;
    QTest::newRow("9") << u"deadlines go by the machine's clock as it is"_s;
    QTest::newRow("18") << u"one request's failure takes its neighbours down"_s;
    QTest::newRow("29") << u"the batch is decided in reverse order"_s;
    QTest::newRow("30") << u"one seat of three refused pieces stays held"_s;
}

// The negative control: each of these seeded defects turns some seed red.
void tst_Simulation::mutantsAreCaught()
{
    QCOMPARE(server::armFailpoint(u"mutant.%1=on"_s.arg(QString::fromLatin1(QTest::currentDataTag()))), QString());
    CampaignOptions options;
    options.last = 60;
    options.twiceEvery = 0;
    const CampaignResult result = runCampaign(m_store, options);
    QVERIFY(result.red);
    qInfo("caught at seed %d: %s", result.seeds, qPrintable(result.red->trouble.section(u'\n', 0, 0)));
}

// A clock that deadlines go by ends holds too early when it is set forward and too late when it is set back: each rule finds its own.
void tst_Simulation::rawClocksAreCaughtBothWays()
{
    QCOMPARE(server::armFailpoint(u"mutant.9=on"_s), QString());
    bool early = false;
    bool late = false;
    for (quint64 seed = 1; seed <= 200 && !(early && late); ++seed) {
        const QString trouble = Simulation(m_store, seed, 150).run().trouble.section(u'\n', 0, 0);
        early = early || trouble.contains(u"and ended after"_s);
        late = late || trouble.contains(u"and is still open after"_s);
    }
    QVERIFY(early);
    QVERIFY(late);
}

QTEST_GUILESS_MAIN(tst_Simulation)
#include "tst_Simulation.moc"
