// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// The order of a draw: every rank once, bound to the seed, even over many draws, and the same when recomputed by hand.
#include "server/engine/DrawOrder.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

class tst_DrawOrder : public QObject {
    Q_OBJECT
private:
    static std::vector<TicketId> tickets(int n)
    {
        std::vector<TicketId> out;
        for (int i = 0; i < n; ++i)
            out.push_back(TicketId{Id128::make(1'000 + i, 0, static_cast<std::uint64_t>(i) * 7919)});
        return out;
    }
    static QByteArray seed(int n) { return QCryptographicHash::hash(QByteArray::number(n), QCryptographicHash::Sha256); }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyRankOnce()
    {
        const auto ranks = drawRanks(seed(1), tickets(1000));
        const std::set<std::int64_t> unique(ranks.begin(), ranks.end());
        QCOMPARE(unique.size(), std::size_t(1000));
        QCOMPARE(*unique.begin(), 1);
        QCOMPARE(*unique.rbegin(), 1000);
        QVERIFY(drawRanks(seed(1), {}).empty());
    }

    void theSeedDecides()
    {
        const auto all = tickets(50);
        QCOMPARE(drawRanks(seed(1), all), drawRanks(seed(1), all));
        QVERIFY(drawRanks(seed(1), all) != drawRanks(seed(2), all));
        // In whatever order they are read.
        std::vector<TicketId> turned(all.rbegin(), all.rend());
        auto ranks = drawRanks(seed(1), turned);
        std::reverse(ranks.begin(), ranks.end());
        QCOMPARE(ranks, drawRanks(seed(1), all));
    }

    void anybodyCanRecompute()
    {
        const auto two = tickets(2);
        const auto lot = [](const TicketId& t) { return QCryptographicHash::hash(seed(3) + t.toString().toLatin1(), QCryptographicHash::Sha256); };
        const bool firstWins = lot(two[0]) < lot(two[1]);
        QCOMPARE(drawRanks(seed(3), two), (std::vector<std::int64_t>{firstWins ? 1 : 2, firstWins ? 2 : 1}));
        QCOMPARE(drawCommitment(seed(3)), QString::fromLatin1(QCryptographicHash::hash(seed(3), QCryptographicHash::Sha256).toHex()));
    }

    // Coming early is worth nothing: over many draws everybody's mean place is the middle one.
    void nobodyIsPreferred()
    {
        constexpr int kDraws = 2000;
        const auto all = tickets(9);
        std::vector<std::int64_t> sums(all.size());
        for (int d = 0; d < kDraws; ++d) {
            const auto ranks = drawRanks(seed(100 + d), all);
            for (std::size_t i = 0; i < ranks.size(); ++i)
                sums[i] += ranks[i];
        }
        for (const std::int64_t sum : sums) {
            const double mean = static_cast<double>(sum) / kDraws;
            QVERIFY2(mean > 4.7 && mean < 5.3, qPrintable(QString::number(mean))); // 5 standard deviations
        }
    }
};

QTEST_APPLESS_MAIN(tst_DrawOrder)
#include "tst_DrawOrder.moc"
