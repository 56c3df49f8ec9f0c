// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "server/auth/Passwords.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

#include <future>
#include <set>
#include <sched.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using Outcome = PasswordPool::Outcome;

class tst_Passwords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hashes();
    void otherCosts();
    void poolAnswers();
    void poolHashes();
    void fullLaneIsBusy();
    void waitedTooLongIsBusy();
    void knownDevicesGoFirst();
    void lanesLendEachOther();
    void newestFirstOnceTheHeadWaits();
    void theLateGiveWay();
    void answersComeAtOrdinaryPriority();
    void retryTimesAreSpread();
};

void tst_Passwords::hashes()
{
    const QString phc = hashPassword(u"비밀번호 열두자 이상"_s);
    QVERIFY(phc.startsWith(u"$argon2id$v=19$m=19456,t=2,p=1$"_s));
    QVERIFY(phc != hashPassword(u"비밀번호 열두자 이상"_s)); // salted
    HashMemory memory;
    for (HashMemory* m : {static_cast<HashMemory*>(nullptr), &memory, &memory}) { // the memory keeps nothing
        QVERIFY(passwordMatches(phc, u"비밀번호 열두자 이상"_s, m));
        QVERIFY(!passwordMatches(phc, u"비밀번호 열두자 이하"_s, m));
        QVERIFY(!passwordMatches(phc, QString(), m));
    }
    QVERIFY(passwordMatches(hashPassword(u"x"_s, &memory), u"x"_s));
    QVERIFY(!passwordMatches(u"nonsense"_s, u"x"_s));
    QVERIFY(!passwordNeverMatches(u"x"_s));
}

void tst_Passwords::otherCosts()
{
    // A test vector of the reference implementation (its test.c): argon2id, 2^16 KiB, two passes.
    QVERIFY(passwordMatches(u"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"_s, u"password"_s));
    QVERIFY(needsRehash(u"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"_s));
    QVERIFY(!needsRehash(hashPassword(u"x"_s)));
    KeptHash weak{{64, 1, 1}, std::string(16, 's'), {}};
    weak.hash = argon2id("x", weak.salt, weak.cost, 32);
    QVERIFY(passwordMatches(toPhc(weak), u"x"_s));
    QVERIFY(!passwordMatches(toPhc(weak), u"y"_s));
    QVERIFY(needsRehash(toPhc(weak)));
    for (const char* bad : {"", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
             "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
             "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
             "$argon2id$v=19$m=19456,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAA",
             "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc\n"})
        QVERIFY2(!fromPhc(QString::fromLatin1(bad)), bad);
}

void tst_Passwords::poolAnswers()
{
    test::FakeClock clock;
    PasswordPool pool({2, 0, 10, Millis{5000}}, clock);
    pool.start();
    const QString phc = hashPassword(u"right"_s);
    const auto ask = [&](const QString& hash, const QString& password) {
        std::promise<Outcome> p;
        pool.check(hash, password, [&](Outcome o) { p.set_value(o); });
        return p.get_future().get();
    };
    QVERIFY(ask(phc, u"right"_s) == Outcome::Match);
    QVERIFY(ask(phc, u"wrong"_s) == Outcome::NoMatch);
    QVERIFY(ask(QString(), u"right"_s) == Outcome::NoMatch); // unknown account
}

void tst_Passwords::poolHashes()
{
    test::FakeClock clock;
    PasswordPool pool({1, 0, 10, Millis{5000}}, clock);
    pool.start();
    std::promise<std::optional<QString>> p;
    pool.hash(u"chosen"_s, [&](std::optional<QString> phc) { p.set_value(phc); });
    const auto phc = p.get_future().get();
    QVERIFY(phc && passwordMatches(*phc, u"chosen"_s));
    pool.stop();
    bool refused = false;
    pool.hash(u"chosen"_s, [&](const std::optional<QString>& none) { refused = !none; });
    QVERIFY(refused);
}

void tst_Passwords::fullLaneIsBusy()
{
    test::FakeClock clock;
    PasswordPool pool({2, 0, 3, Millis{5000}, 4}, clock); // not started: nothing leaves the lanes
    std::atomic<int> busy{0};
    const auto count = [&](Outcome o) { busy += o == Outcome::Busy; };
    for (int i = 0; i < 20; ++i)
        pool.check(QString(), u"x"_s, count);
    QCOMPARE(busy.load(), 14);
    for (int i = 0; i < 20; ++i) // the new lane being full says nothing about the known one
        pool.check(QString(), u"x"_s, count, Lane::Known);
    QCOMPARE(busy.load(), 26);
    pool.stop(); // and nobody is left without an answer
    QCOMPARE(busy.load(), 40);
}

void tst_Passwords::waitedTooLongIsBusy()
{
    test::FakeClock clock;
    PasswordPool pool({1, 0, 10, Millis{5000}}, clock);
    std::atomic<int> busy{0};
    std::atomic<int> answered{0};
    const auto count = [&](Outcome o) {
        busy += o == Outcome::Busy;
        ++answered;
    };
    pool.check(QString(), u"late"_s, count);
    pool.check(QString(), u"late"_s, count, Lane::Known);
    clock.advance(Millis{5001});
    pool.check(QString(), u"in time"_s, count);
    pool.start();
    QTRY_COMPARE(answered.load(), 3);
    QCOMPARE(busy.load(), 2);
}

namespace {

// What a pool of one thread does in its order, when all this waits at its start.
class Order {
public:
    explicit Order(test::FakeClock& clock) : m_pool({1, 0, 60, Millis{5000}, 100}, clock) {}
    void add(const std::string& name, Lane lane)
    {
        ++m_asked;
        m_pool.check(u"nonsense"_s, u"x"_s, [this, name](Outcome o) {
            const std::lock_guard lock(m_lock);
            m_done.push_back(o == Outcome::Busy ? '-' + name : name);
        }, lane);
    }
    QByteArray run()
    {
        m_pool.start();
        const auto all = [this] {
            const std::lock_guard lock(m_lock);
            return m_done.size() == m_asked;
        };
        [&] { QTRY_VERIFY(all()); }();
        QByteArray out;
        for (const std::string& d : m_done)
            out += QByteArray::fromStdString(d) + ' ';
        return out.trimmed();
    }

private:
    PasswordPool m_pool;
    std::mutex m_lock; // guards m_done
    std::vector<std::string> m_done;
    std::size_t m_asked = 0;
};

} // namespace

void tst_Passwords::knownDevicesGoFirst()
{
    test::FakeClock clock;
    Order order(clock);
    for (const char* n : {"n1", "n2", "n3"})
        order.add(n, Lane::New);
    for (const char* k : {"k1", "k2", "k3", "k4", "k5", "k6", "k7"})
        order.add(k, Lane::Known);
    QCOMPARE(order.run(), QByteArray("k1 k2 k3 n1 k4 k5 k6 n2 k7 n3")); // three to one, and nobody starves
}

void tst_Passwords::lanesLendEachOther()
{
    test::FakeClock clock;
    Order strangers(clock);
    for (const char* n : {"n1", "n2", "n3"})
        strangers.add(n, Lane::New);
    QCOMPARE(strangers.run(), QByteArray("n1 n2 n3"));
    Order known(clock);
    for (const char* k : {"k1", "k2", "k3", "k4", "k5"})
        known.add(k, Lane::Known);
    QCOMPARE(known.run(), QByteArray("k1 k2 k3 k4 k5"));
}

void tst_Passwords::newestFirstOnceTheHeadWaits()
{
    test::FakeClock clock;
    Order order(clock);
    order.add("n1", Lane::New);
    order.add("k1", Lane::Known);
    clock.advance(Millis{1001});
    order.add("n2", Lane::New);
    order.add("n3", Lane::New);
    order.add("k2", Lane::Known);
    QCOMPARE(order.run(), QByteArray("k1 k2 n3 n2 n1")); // the known lane keeps its order
}

void tst_Passwords::theLateGiveWay()
{
    test::FakeClock clock;
    PasswordPool pool({1, 0, 2, Millis{5000}, 2}, clock); // not started
    int busy = 0;
    const auto count = [&](Outcome o) { busy += o == Outcome::Busy; };
    pool.check(QString(), u"x"_s, count);
    pool.check(QString(), u"x"_s, count);
    pool.check(QString(), u"x"_s, count);
    QCOMPARE(busy, 1);
    clock.advance(Millis{5001});
    pool.check(QString(), u"x"_s, count); // takes a place of those who have given up; they are told now
    QCOMPARE(busy, 3);
    pool.stop();
    QCOMPARE(busy, 4);
}

void tst_Passwords::answersComeAtOrdinaryPriority()
{
    test::FakeClock clock;
    PasswordPool pool({1, 19, 10, Millis{5000}}, clock);
    pool.start();
    std::promise<std::pair<int, int>> p;
    pool.check(QString(), u"x"_s, [&](Outcome) { p.set_value({sched_getscheduler(0), getpriority(PRIO_PROCESS, 0)}); });
    const auto [policy, nice] = p.get_future().get();
    QCOMPARE(policy, sched_getscheduler(0)); // as the thread that made the pool
    QCOMPARE(nice, getpriority(PRIO_PROCESS, 0));
}

void tst_Passwords::retryTimesAreSpread()
{
    test::FakeRng rng;
    std::set<int> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(busyRetrySeconds(rng));
    QCOMPARE(seen.size(), std::size_t{11});
    QCOMPARE(*seen.begin(), 5);
    QCOMPARE(*seen.rbegin(), 15);
}

QTEST_GUILESS_MAIN(tst_Passwords)
#include "tst_Passwords.moc"
