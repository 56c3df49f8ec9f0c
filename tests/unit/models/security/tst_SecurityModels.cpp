// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/security/AuditModel.h"
#include "models/security/ConflictQueueModel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace naru;
using namespace naru::models;
using namespace Qt::StringLiterals;

namespace {

Conflict conflict(int n, int score, int secondsAgo, ConflictState state = ConflictState::Open)
{
    Conflict c;
    c.id = ConflictId{Id128::make(1000, 1, static_cast<std::uint64_t>(n))};
    c.version = 1;
    c.score = score;
    c.displayName = u"person %1"_s.arg(n);
    c.oldPlace = c.newPlace = u"Seoul"_s;
    c.gapSeconds = 600;
    c.at = fromUnixMs(1'000'000 - 1000LL * secondsAgo);
    c.state = state;
    return c;
}

AuditLine auditLine(std::int64_t seq)
{
    AuditLine l;
    l.seq = seq;
    return l;
}

std::vector<AuditLine> lines(std::int64_t newest, int count)
{
    std::vector<AuditLine> all;
    for (int i = 0; i < count; ++i)
        all.push_back(auditLine(newest - i));
    return all;
}

} // namespace

class tst_SecurityModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theQueueIsInOrderAndDecidedGoDown()
    {
        ConflictQueueModel m;
        QAbstractItemModelTester tester(&m, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m.addPage({conflict(1, 5, 10), conflict(2, 9, 10), conflict(3, 5, 90), conflict(4, 30, 5, ConflictState::Decided)});
        const auto order = [&] {
            QStringList names;
            for (const Conflict& c : m.rows())
                names.append(c.displayName.right(1));
            return names.join(QString());
        };
        QCOMPARE(order(), u"2314"_s);
        QCOMPARE(m.openCount(), 3);
        auto decided = conflict(2, 9, 10, ConflictState::Decided);
        decided.version = 2;
        QCOMPARE(*m.nextOpen(decided.id), conflict(3, 0, 0).id);
        QVERIFY(m.put(decided));
        QCOMPARE(order(), u"3142"_s);
        QVERIFY(!m.put(conflict(2, 9, 10))); // older than what is known
        QCOMPARE(order(), u"3142"_s);
    }

    void theNextOneWrapsAndEnds()
    {
        ConflictQueueModel m;
        m.addPage({conflict(1, 5, 10), conflict(2, 4, 10)});
        QCOMPARE(*m.nextOpen(conflict(2, 0, 0).id), conflict(1, 0, 0).id);
        auto decided = conflict(1, 5, 10, ConflictState::Decided);
        decided.version = 2;
        m.put(decided);
        QVERIFY(!m.nextOpen(conflict(2, 0, 0).id));
    }

    void whatTheServerNoLongerHasGoes()
    {
        ConflictQueueModel m;
        QAbstractItemModelTester tester(&m, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m.addPage({conflict(1, 5, 10), conflict(2, 4, 10)});
        auto newer = conflict(1, 9, 10);
        newer.version = 2;
        m.addPage({newer, conflict(3, 3, 10)});
        QCOMPARE(m.rowCount(), 3);
        QCOMPARE(m.row(0).score, 9);
        m.keepOnly({newer.id, conflict(3, 0, 0).id});
        QCOMPARE(m.rowCount(), 2);
        QVERIFY(!m.known(conflict(2, 0, 0).id));
    }

    void aTextLeavesOutAndForgetsNothing()
    {
        ConflictQueueModel m;
        QAbstractItemModelTester tester(&m, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m.addPage({conflict(1, 5, 10), conflict(2, 4, 10)});
        m.setText(u"PERSON 2"_s);
        QCOMPARE(m.rowCount(), 1);
        QVERIFY(m.known(conflict(1, 0, 0).id));
        QCOMPARE(m.openCount(), 2);
        m.setText({});
        QCOMPARE(m.rowCount(), 2);
    }

    void marksComeFromWhatTheRowTells()
    {
        auto c = conflict(1, 1, 1);
        QVERIFY(riskMarks(c).size() == 1); // its kind: a new device
        c.kind = ConflictKind::Reported;
        c.newPlace = u"Busan"_s;
        c.gapSeconds = 119;
        QCOMPARE(riskMarks(c), (std::vector{RiskMark::Reported, RiskMark::OtherNetwork, RiskMark::JustActive}));
        c.gapSeconds = 120;
        QCOMPARE(riskMarks(c).size(), std::size_t(2));
    }

    void newerLinesGoOnTopOnce()
    {
        AuditModel m;
        QAbstractItemModelTester tester(&m, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m.setWords([](const AuditLine& l, int) { return QString::number(l.seq); }, {});
        m.assign(lines(100, 10));
        QCOMPARE(m.prepend(lines(102, 10)), 2);
        QCOMPARE(m.row(0).seq, std::int64_t(102));
        QCOMPARE(m.prepend(lines(102, 10)), 0);
        QCOMPARE(m.prepend(lines(140, 38)), 38); // many in one step
        QCOMPARE(m.rowCount(), 50);
        for (int i = 1; i < m.rowCount(); ++i)
            QCOMPARE(m.row(i).seq, m.row(i - 1).seq - 1);
    }
};

QTEST_GUILESS_MAIN(tst_SecurityModels)
#include "tst_SecurityModels.moc"
