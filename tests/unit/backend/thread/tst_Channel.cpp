// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
#include <QTest>
#include <thread>

#include "backend/thread/Channel.h"

using namespace naru::backend;

class tst_Channel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void keepsOrderAndSaysWhenToWake()
    {
        Channel<int> c(10);
        QCOMPARE(c.push(1), Pushed::Woke);
        QCOMPARE(c.push(2), Pushed::Queued);
        QCOMPARE(*c.pop(), 1);
        QCOMPARE(*c.pop(), 2);
        QVERIFY(!c.pop());
        QCOMPARE(c.push(3), Pushed::Woke);
    }
    void isBoundedAndCloses()
    {
        Channel<int> c(2);
        c.push(1);
        c.push(2);
        QCOMPARE(c.push(3), Pushed::Full);
        QCOMPARE(c.pushAlways(4), Pushed::Queued);
        QCOMPARE(c.size(), std::size_t(3));
        c.close();
        QCOMPARE(c.push(5), Pushed::Closed);
        QCOMPARE(c.pushAlways(5), Pushed::Closed);
        QCOMPARE(c.pushSnapshot("k", 5), Pushed::Closed);
        QCOMPARE(*c.pop(), 1); // what is in stays readable
        QVERIFY(c.isClosed());
    }
    void holdsOneSnapshotPerKeyAtItsPlace()
    {
        Channel<int> c(0);
        c.pushSnapshot("a", 1);
        c.pushSnapshot("b", 2);
        c.pushAlways(3);
        c.pushSnapshot("a", 10);
        QCOMPARE(c.size(), std::size_t(3));
        QCOMPARE(*c.pop(), 10);
        c.pushSnapshot("a", 11); // the first is gone: a new place
        c.pushSnapshot("b", 20);
        QCOMPARE(*c.pop(), 20);
        QCOMPARE(*c.pop(), 3);
        QCOMPARE(*c.pop(), 11);
        QVERIFY(!c.pop());
    }
    void letsAReaderWait()
    {
        Channel<int> c(0);
        c.waitFor(naru::Millis{1}); // nothing comes
        QVERIFY(!c.pop());
        std::thread writer([&] { c.pushAlways(1); });
        c.waitFor(naru::Millis{60'000});
        QCOMPARE(*c.pop(), 1);
        writer.join();
        std::thread closer([&] { c.close(); });
        c.waitFor(naru::Millis{60'000});
        QVERIFY(c.isClosed());
        closer.join();
    }
    void handsOverBetweenThreads()
    {
        Channel<std::vector<int>> c(1'000'000);
        std::thread writer([&] {
            for (int i = 0; i < 20'000; ++i) {
                if (i % 2)
                    c.push({i, i});
                else
                    c.pushSnapshot("k" + std::to_string(i % 7), {i, i});
            }
            c.close();
        });
        int odd = 0;
        int last = -1;
        bool sound = true;
        for (bool closed = false; !closed;) {
            closed = c.isClosed();
            while (auto v = c.pop()) {
                sound = sound && v->size() == 2 && v->at(0) == v->at(1);
                if (v->at(0) % 2) {
                    sound = sound && v->at(0) > last;
                    last = v->at(0);
                    ++odd;
                }
            }
        }
        writer.join();
        QVERIFY(sound);
        QCOMPARE(odd, 10'000);
    }
};

QTEST_GUILESS_MAIN(tst_Channel)
#include "tst_Channel.moc"
