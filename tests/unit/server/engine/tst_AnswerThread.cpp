// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
#include "server/engine/AnswerThread.h"

#include <QTest>
#include <numeric>
#include <set>

using namespace naru::server;

namespace {

struct Told {
    std::vector<int> outcomes;
    std::set<std::thread::id> threads;
};

// `asks` requests with the outcomes 0, 1, 2 …
void answerMany(AnswerThread* thread, int asks, Told& told)
{
    std::vector<int> outcomes(static_cast<std::size_t>(asks));
    std::iota(outcomes.begin(), outcomes.end(), 0);
    answerAll(thread, std::vector<Told*>(outcomes.size(), &told), std::move(outcomes), [](Told* t, int outcome) {
        t->outcomes.push_back(outcome);
        t->threads.insert(std::this_thread::get_id());
    });
}

std::vector<int> upTo(int n)
{
    std::vector<int> all(static_cast<std::size_t>(n));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

} // namespace

class tst_AnswerThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void manyAreToldOnItInTheirOrder()
    {
        Told first;
        Told second;
        {
            AnswerThread thread;
            answerMany(&thread, 100, first);
            answerMany(&thread, 50, second);
        } // ends after everything it was handed
        QCOMPARE(first.outcomes, upTo(100));
        QCOMPARE(second.outcomes, upTo(50));
        QCOMPARE(first.threads.size(), 1u);
        QCOMPARE(second.threads, first.threads);
        QVERIFY(!first.threads.contains(std::this_thread::get_id()));
    }

    void fewAreToldAtOnce()
    {
        AnswerThread thread;
        Told told;
        answerMany(&thread, 3, told);
        QCOMPARE(told.outcomes, upTo(3));
        QVERIFY(told.threads.contains(std::this_thread::get_id()));
    }

    void withoutOneTheCallerTells()
    {
        Told told;
        answerMany(nullptr, 100, told);
        QCOMPARE(told.outcomes, upTo(100));
        QVERIFY(told.threads.contains(std::this_thread::get_id()));
    }
};

QTEST_GUILESS_MAIN(tst_AnswerThread)
#include "tst_AnswerThread.moc"
