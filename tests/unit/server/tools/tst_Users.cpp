// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
#include "server/auth/Accounts.h"
#include "server/tools/Node.h"
#include "server/tools/Users.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <sstream>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

// `narud user add`.
class tst_Users : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void addedAccountSignsIn();
    void refusals_data();
    void refusals();
    void notBesideARunningServer();

private:
    static int add(const QString& dataDir, const UserAddOptions& options, const char* input, std::string* said = nullptr)
    {
        Config config;
        config.dataDir = dataDir;
        std::istringstream in(input);
        std::ostringstream out;
        const int code = runUserAdd(config, options, systemClock(), systemRng(), in, out);
        if (said)
            *said = out.str();
        return code;
    }
};

void tst_Users::addedAccountSignsIn()
{
    QTemporaryDir dir;
    std::string said;
    QCOMPARE(add(dir.path(), {u"kim"_s, u"김온"_s, u"staff"_s, {}}, "a long enough password\nmore\n", &said), 0);
    QCOMPARE(said, std::string("account kim made\n"));
    QCOMPARE(add(dir.path(), {u"kim"_s, u"김온"_s, u"staff"_s, {}}, "a long enough password\n", &said), 1);
    QVERIFY(said.find("kim") != std::string::npos);

    Config config;
    config.dataDir = dir.path();
    config.port = 0;
    config.logLevel = u"error"_s;
    Node node(config, systemClock(), systemRng());
    QVERIFY(node.start());
    test::RestSession s(u"127.0.0.1"_s, static_cast<quint16>(node.port()));
    QCOMPARE(s.signIn(u"kim"_s, u"naru-demo-2026"_s), u"invalid-credentials"_s);
    QCOMPARE(s.signIn(u"kim"_s, u"a long enough password"_s), QString());
    QCOMPARE(s.get("/v1/session").as<SessionInfo>().displayName, u"김온"_s);
}

void tst_Users::refusals_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("word");
    const QByteArray good = "a long enough password\n";
    QTest::newRow("short password") << u"kim"_s << u"Kim"_s << u"staff"_s << QString() << QByteArray("short\n") << u"password"_s;
    QTest::newRow("no input") << u"kim"_s << u"Kim"_s << u"staff"_s << QString() << QByteArray() << u"password"_s;
    QTest::newRow("role") << u"kim"_s << u"Kim"_s << u"boss"_s << QString() << good << u"boss"_s;
    QTest::newRow("login") << u"Kim Park"_s << u"Kim"_s << u"staff"_s << QString() << good << u"login"_s;
    QTest::newRow("name") << u"kim"_s << u"  "_s << u"staff"_s << QString() << good << u"name"_s;
    QTest::newRow("unknown vendor") << u"kim"_s << u"Kim"_s << u"vendor_manager"_s << u"NONE"_s << good << u"NONE"_s;
    QTest::newRow("vendor role without vendor") << u"kim"_s << u"Kim"_s << u"vendor_manager"_s << QString() << good << u"vendor"_s;
}

void tst_Users::refusals()
{
    QFETCH(QString, login);
    QFETCH(QString, name);
    QFETCH(QString, role);
    QFETCH(QString, vendor);
    QFETCH(QByteArray, input);
    QFETCH(QString, word);
    QTemporaryDir dir;
    std::string said;
    QCOMPARE(add(dir.path(), {login, name, role, vendor}, input.constData(), &said), 1);
    QVERIFY2(QString::fromStdString(said).contains(word), said.c_str());
}

void tst_Users::notBesideARunningServer()
{
    test::TestServer server;
    std::string said;
    QCOMPARE(add(server.dataDir(), {u"kim"_s, u"김온"_s, u"staff"_s, {}}, "a long enough password\n", &said), 2);
    QVERIFY(!said.empty());
}

QTEST_GUILESS_MAIN(tst_Users)
#include "tst_Users.moc"
