// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/common/RowDiff.h"

#include <QRegularExpression>
#include <QTest>
#include <random>

using naru::models::planRows;
using naru::models::RowStep;

namespace {

using Keys = std::vector<int>;

// What a model does with the steps.
Keys apply(Keys have, const Keys& want, const std::vector<RowStep>& steps)
{
    for (const RowStep& s : steps) {
        const auto at = have.begin() + s.at;
        switch (s.kind) {
        case RowStep::Remove: have.erase(at, at + s.count); break;
        case RowStep::Insert: have.insert(at, want.begin() + s.at, want.begin() + s.at + s.count); break;
        case RowStep::Move: {
            const int key = have[static_cast<std::size_t>(s.from)];
            have.erase(have.begin() + s.from);
            have.insert(have.begin() + s.at, key);
            break;
        }
        }
    }
    return have;
}

} // namespace

class tst_RowDiff : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sameListNeedsNothing() { QVERIFY(planRows<int>({1, 2, 3}, {1, 2, 3}).empty()); }

    void neighboursGoInOneStep()
    {
        const auto removed = planRows<int>({1, 2, 3, 4}, {1, 4});
        QCOMPARE(removed.size(), std::size_t(1));
        QCOMPARE(removed[0].count, 2);
        const auto inserted = planRows<int>({1, 4}, {1, 2, 3, 4});
        QCOMPARE(inserted.size(), std::size_t(1));
        QCOMPARE(inserted[0].count, 2);
    }

    void oneRowUpIsOneMove()
    {
        const auto steps = planRows<int>({1, 2, 3, 4, 5}, {5, 1, 2, 3, 4});
        QCOMPARE(steps.size(), std::size_t(1));
        QVERIFY(steps[0].kind == RowStep::Move);
        QCOMPARE(steps[0].from, 4);
        QCOMPARE(steps[0].at, 0);
    }

    void oneRowDownDoesNotMoveTheOthers()
    {
        QVERIFY(planRows<int>({1, 2, 3, 4, 5}, {2, 3, 4, 1, 5}).size() <= 2);
    }

    void emptyEnds()
    {
        QCOMPARE(planRows<int>({}, {1, 2}).size(), std::size_t(1));
        QCOMPARE(planRows<int>({1, 2}, {}).size(), std::size_t(1));
        QVERIFY(planRows<int>({}, {}).empty());
    }

    void anyListBecomesAnyOther()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 3000; ++round) {
            const auto draw = [&random] {
                Keys all(14);
                for (int i = 0; i < 14; ++i)
                    all[static_cast<std::size_t>(i)] = i;
                std::shuffle(all.begin(), all.end(), random);
                all.resize(random() % 15);
                return all;
            };
            const Keys have = draw();
            const Keys want = draw();
            QCOMPARE(apply(have, want, planRows<int>(have, want)), want);
        }
    }

    // Negative control: steps planned for another list do not lead there.
    void wrongStepsAreNoticed()
    {
        const Keys have{1, 2, 3};
        const Keys want{3, 1, 2};
        QVERIFY(apply(have, want, planRows<int>({1, 3, 2}, want)) != want);
    }
};

QTEST_APPLESS_MAIN(tst_RowDiff)
#include "tst_RowDiff.moc"
