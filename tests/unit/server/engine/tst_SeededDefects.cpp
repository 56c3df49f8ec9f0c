// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
// Rules of the intake and of idempotency, each seen to hold and, with the defect of its number seeded (HACKING.md), seen to fail.
#include "unit/server/engine/EngineFixture.h"

#include "server/store/Failpoint.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_SeededDefects : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EngineFixture> f;

    static void seed(int defect)
    {
#ifdef NARU_FAILPOINTS
        if (defect != 0)
            QCOMPARE(armFailpoint(u"mutant.%1=on"_s.arg(defect)), QString());
#else
        if (defect != 0)
            QSKIP("this build has no failpoints");
#endif
    }
    static void withAndWithout(int defect)
    {
        QTest::addColumn<int>("defect");
        QTest::newRow("as it is") << 0;
        QTest::newRow(qPrintable(u"defect %1"_s.arg(defect))) << defect;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        f = std::make_unique<EngineFixture>();
    }
    void cleanup()
    {
#ifdef NARU_FAILPOINTS
        clearFailpoints();
#endif
        f.reset();
    }

    // V03: one key, one ticket.
    void oneKeyIsOneTicket_data() { withAndWithout(4); }
    void oneKeyIsOneTicket()
    {
        QFETCH(int, defect);
        seed(defect);
        const Ticket first = f->decide(f->want({{f->a, 2}}), u"same"_s);
        const Ticket again = f->decide(f->want({{f->a, 2}}), u"same"_s);
        QCOMPARE(first.id == again.id, defect == 0);
        QCOMPARE(f->stock(f->a).allocated, defect == 0 ? 2 : 4);
    }

    // V04: a key with another body is refused.
    void anotherBodyIsRefused_data() { withAndWithout(5); }
    void anotherBodyIsRefused()
    {
        QFETCH(int, defect);
        seed(defect);
        f->decide(f->want({{f->a, 2}}), u"same"_s);
        const std::size_t other = f->ask(f->want({{f->a, 3}}), u"same"_s);
        f->writer->run();
        QCOMPARE(f->errorCode(other), defect == 0 ? u"idempotency-key-reused"_s : QString());
        QCOMPARE(f->stock(f->a).allocated, 2);
    }

    // What waits has an end; beyond it nothing is promised.
    void theIntakeIsBounded_data() { withAndWithout(19); }
    void theIntakeIsBounded()
    {
        QFETCH(int, defect);
        seed(defect);
        f->options.intakeLimit = 5;
        f->rebuildEngine();
        int taken = 0;
        for (int i = 0; i < 8; ++i) {
            f->ask(f->want({{f->a, 1}}));
            taken += f->accepted;
        }
        QCOMPARE(taken, defect == 0 ? 5 : 8);
        f->writer->run();
        QCOMPARE(f->stock(f->a).allocated, taken);
        QCOMPARE(f->violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(tst_SeededDefects)
#include "tst_SeededDefects.moc"
