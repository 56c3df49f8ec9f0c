// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "server/auth/Passwords.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Passwords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hashes();
    void poolAnswers();
    void fullQueueIsBusy();
    void waitedTooLongIsBusy();
};

void tst_Passwords::hashes()
{
    const QString phc = hashPassword(u"비밀번호 열두자 이상"_s);
    QVERIFY(phc.startsWith(u"$argon2id$v=19$m=19456,t=2,p=1$"_s));
    QVERIFY(phc != hashPassword(u"비밀번호 열두자 이상"_s)); // salted
    QVERIFY(passwordMatches(phc, u"비밀번호 열두자 이상"_s));
    QVERIFY(!passwordMatches(phc, u"비밀번호 열두자 이하"_s));
    QVERIFY(!passwordMatches(phc, QString()));
    QVERIFY(!passwordMatches(u"nonsense"_s, u"x"_s));
    QVERIFY(!passwordNeverMatches(u"x"_s));
}

void tst_Passwords::poolAnswers()
{
    test::FakeClock clock;
    PasswordPool pool({2, 0, 10, Millis{5000}}, clock);
    pool.start();
    const QString phc = hashPassword(u"right"_s);
    const auto ask = [&](const QString& hash, const QString& password) {
        std::promise<PasswordPool::Outcome> p;
        pool.check(hash, password, [&](PasswordPool::Outcome o) { p.set_value(o); });
        return p.get_future().get();
    };
    QVERIFY(ask(phc, u"right"_s) == PasswordPool::Outcome::Match);
    QVERIFY(ask(phc, u"wrong"_s) == PasswordPool::Outcome::NoMatch);
    QVERIFY(ask(QString(), u"right"_s) == PasswordPool::Outcome::NoMatch); // unknown account
}

void tst_Passwords::fullQueueIsBusy()
{
    test::FakeClock clock;
    PasswordPool pool({1, 0, 3, Millis{5000}}, clock); // not started: nothing leaves the queue
    std::atomic<int> busy{0};
    for (int i = 0; i < 5; ++i)
        pool.check(QString(), u"x"_s, [&](PasswordPool::Outcome o) { busy += o == PasswordPool::Outcome::Busy; });
    QCOMPARE(busy.load(), 2);
    pool.stop(); // and nobody is left without an answer
    QCOMPARE(busy.load(), 5);
}

void tst_Passwords::waitedTooLongIsBusy()
{
    test::FakeClock clock;
    PasswordPool pool({1, 0, 10, Millis{5000}}, clock);
    std::atomic<int> busy{0};
    std::atomic<int> answered{0};
    const auto count = [&](PasswordPool::Outcome o) {
        busy += o == PasswordPool::Outcome::Busy;
        ++answered;
    };
    pool.check(QString(), u"late"_s, count);
    clock.advance(Millis{5001});
    pool.check(QString(), u"in time"_s, count);
    pool.start();
    QTRY_COMPARE(answered.load(), 2);
    QCOMPARE(busy.load(), 1);
}

QTEST_GUILESS_MAIN(tst_Passwords)
#include "tst_Passwords.moc"
