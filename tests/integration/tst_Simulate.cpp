// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 240
#include "server/tools/Simulate.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <sstream>
#include <thread>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

// The simulator against a small server: it does all that customers and vendors do, and leaves nothing broken.
class tst_Simulate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void worksAndStops();
    void leavesATakenOverAccountAlone();
    void badAddressesAreNamed_data();
    void badAddressesAreNamed();
    void nobodyToSignInAs();

private:
    static server::SimulateOptions optionsFor(const TestServer& server)
    {
        server::SimulateOptions o;
        o.url = u"http://127.0.0.1:%1"_s.arg(server.port());
        o.login = u"store1"_s;
        o.rate = 60;
        o.customers = 10;
        return o;
    }
};

void tst_Simulate::worksAndStops()
{
    TestServer server;
    std::atomic<bool> stop{false};
    std::ostringstream out;
    int code = -1;
    std::thread thread([&] { code = server::runSimulate(optionsFor(server), systemClock(), stop, out); });
    const auto count = [&](const char* sql) { return server.query(QString::fromLatin1(sql)).at(0).number(0); };
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT COUNT(*) FROM ticket") > 20, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT COUNT(*) FROM sales_order WHERE status = 'in_fulfilment' OR status = 'placed'") > 3, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT COUNT(*) FROM vendor_order WHERE status <> 'awaiting_acceptance'") > 0, 100000);
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT COUNT(*) FROM reservation") > 3, 30000);
    const Millis asked = systemClock().steady();
    stop = true;
    thread.join();
    QVERIFY((systemClock().steady() - asked).count() < 1000);
    QCOMPARE(code, 0);
    QVERIFY2(out.str().find("3 offers, 3 slots, 10 customers, 2 vendors") != std::string::npos, out.str().c_str());
    QCOMPARE(server.violations(), QStringList());
}

void tst_Simulate::leavesATakenOverAccountAlone()
{
    TestServer server;
    std::atomic<bool> stop{false};
    std::ostringstream out;
    std::thread thread([&] { server::runSimulate(optionsFor(server), systemClock(), stop, out); });
    const auto sessions = [&] {
        return server.query(u"SELECT COUNT(*) FROM auth_session s JOIN user_account u ON u.id = s.user_id WHERE u.login = 'vendor-namsan'"_s).at(0).number(0);
    };
    QTRY_COMPARE_WITH_TIMEOUT(sessions(), 1, 30000);
    RestSession person = server.signedIn(u"vendor-namsan"_s);
    const auto orders = [&] { return server.query(u"SELECT COUNT(*) FROM vendor_order WHERE status = 'accepted'"_s).at(0).number(0); };
    QTRY_VERIFY_WITH_TIMEOUT(orders() > 0, 100000); // the other vendor goes on
    QCOMPARE(person.get("/v1/session").status, 200);
    QCOMPARE(sessions(), 2);
    stop = true;
    thread.join();
}

void tst_Simulate::badAddressesAreNamed_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url : {"", "naru", "ftp://127.0.0.1:1", "http://", "127.0.0.1:7420"})
        QTest::newRow(*url ? url : "empty") << QString::fromLatin1(url);
}

void tst_Simulate::badAddressesAreNamed()
{
    QFETCH(QString, url);
    server::SimulateOptions o;
    o.url = url;
    std::atomic<bool> stop{false};
    std::ostringstream out;
    QCOMPARE(server::runSimulate(o, systemClock(), stop, out), 2);
    QVERIFY(out.str().find("no address") != std::string::npos);
}

void tst_Simulate::nobodyToSignInAs()
{
    TestServer server;
    server::SimulateOptions o = optionsFor(server);
    o.login = u"nobody"_s;
    std::atomic<bool> stop{false};
    std::ostringstream out;
    QCOMPARE(server::runSimulate(o, systemClock(), stop, out), 1);
    QVERIFY2(out.str().find("nobody cannot sign in: invalid-credentials") != std::string::npos, out.str().c_str());
}

QTEST_GUILESS_MAIN(tst_Simulate)
#include "tst_Simulate.moc"
