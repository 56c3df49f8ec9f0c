// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
#include "server/config/Settings.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Config : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void defaultsHold();
    void flagGoesBeforeEnvironmentBeforeFile();
    void databaseIsAFileOrAUrl();
    void readsCommands();
    void namesSourceKeyAndRange_data();
    void namesSourceKeyAndRange();
    void belongTogether();
    void everySettingTakesItsLimitsAndNothingBeyond();
    void helpNamesEverySetting();

private:
    Environment env(std::map<QString, QString> extra = {})
    {
        extra.emplace(u"HOME"_s, m_dir.path());
        return [extra](const QString& name) {
            const auto it = extra.find(name);
            return it == extra.end() ? std::nullopt : std::optional(it->second);
        };
    }
    static Config configOf(const std::variant<Invocation, Usage>& v)
    {
        if (const auto* usage = std::get_if<Usage>(&v))
            qFatal("%s", qPrintable(usage->text));
        return std::get<Invocation>(v).config;
    }
    static QString faultOf(const std::variant<Invocation, Usage>& v)
    {
        const auto* usage = std::get_if<Usage>(&v);
        return usage && usage->exitCode == 2 ? usage->text : QString();
    }
    QString file(const QByteArray& text)
    {
        QFile f(m_dir.path() + u"/test.toml"_s);
        if (!f.open(QIODevice::WriteOnly) || f.write(text) != text.size())
            qFatal("cannot write");
        return f.fileName();
    }
    QTemporaryDir m_dir;
};

void tst_Config::defaultsHold()
{
    const Config c = configOf(readInvocation({}, env()));
    QCOMPARE(c.listenAddress, u"127.0.0.1"_s);
    QCOMPARE(c.port, 7420);
    QCOMPARE(c.dataDir, m_dir.path() + u"/.local/share/naru"_s);
    QCOMPARE(c.databasePath(), c.dataDir + u"/naru.sqlite"_s);
    QCOMPARE(c.bodyLimit, 1024 * 1024);
    QVERIFY(!c.demo && !c.trustClock && c.isLoopback() && !c.usesTls());
    QCOMPARE(configOf(readInvocation({}, env({{u"XDG_DATA_HOME"_s, u"/data"_s}}))).dataDir, u"/data/naru"_s);
}

void tst_Config::flagGoesBeforeEnvironmentBeforeFile()
{
    const QString path = file("port = 1\npublic_name = \"file\"\nidle_timeout = 2.5\ndemo = true\n");
    const std::map<QString, QString> variables{{u"NARU_PORT"_s, u"2"_s}, {u"NARU_CONFIG"_s, path}};
    QCOMPARE(configOf(readInvocation({u"--port"_s, u"3"_s}, env(variables))).port, 3);
    const Config c = configOf(readInvocation({}, env(variables)));
    QCOMPARE(c.port, 2);
    QCOMPARE(c.publicName, u"file"_s);
    QCOMPARE(c.idleTimeout, Millis(2500));
    QVERIFY(c.demo);
    QVERIFY(configOf(readInvocation({u"--trust-clock"_s}, env(variables))).trustClock);
    QVERIFY(!configOf(readInvocation({u"--demo=false"_s, u"--config"_s, path}, env())).demo);
    QCOMPARE(configOf(readInvocation({u"--config"_s, path}, env())).port, 1);
}

void tst_Config::databaseIsAFileOrAUrl()
{
    const QString url = u"postgres://kim:pa%20ss@db.example:5433/naru?sslmode=require"_s;
    QCOMPARE(configOf(readInvocation({}, env({{u"NARU_DATABASE"_s, url}}))).databasePath(), url);
    QCOMPARE(configOf(readInvocation({u"--database"_s, u"/data/x.sqlite"_s}, env({{u"NARU_DATABASE"_s, url}}))).databasePath(), u"/data/x.sqlite"_s);
    QCOMPARE(configOf(readInvocation({u"--config"_s, file("database = \"" + url.toUtf8() + "\"\nkeys_dir = \"/keys\"")}, env())).databasePath(), url);
    const Config shared = configOf(readInvocation({u"--keys-dir"_s, u"/keys"_s}, env()));
    QCOMPARE(shared.keysPath(), u"/keys"_s);
    QCOMPARE(Config().keysPath(), Config().dataDir);
    for (const QString& bad : {u"postgres://kim:secret@db.example"_s, u"postgres://kim:secret@[db/naru"_s, u"mysql://kim:secret@db/naru"_s}) {
        const QString fault = faultOf(readInvocation({u"--database"_s, bad}, env()));
        QVERIFY2(fault.contains(u"flag --database"_s) && fault.contains(u"postgres://"_s), qPrintable(fault));
        QVERIFY(!fault.contains(u"secret"_s));
    }
}

void tst_Config::readsCommands()
{
    const auto seed = std::get<Invocation>(readInvocation({u"seed"_s, u"--seed"_s, u"7"_s, u"--now"_s, u"2026-03-02T09:00:00+09:00"_s, u"--port"_s, u"5"_s}, env()));
    QCOMPARE(int(seed.command), int(Invocation::Command::Seed));
    QCOMPARE(seed.seed.seed, std::uint64_t(7));
    QCOMPARE(toRfc3339(*seed.seed.now), u"2026-03-02T00:00:00.000Z"_s);
    QCOMPARE(seed.config.port, 5);
    const auto sim = std::get<Invocation>(readInvocation({u"simulate"_s, u"--rate"_s, u"2.5"_s, u"--seconds"_s, u"3"_s}, env()));
    QCOMPARE(int(sim.command), int(Invocation::Command::Simulate));
    QCOMPARE(sim.simulate.rate, 2.5);
    QCOMPARE(sim.simulate.url, u"http://127.0.0.1:7420"_s);
    const auto add = std::get<Invocation>(readInvocation({u"user"_s, u"add"_s, u"--login"_s, u"a"_s, u"--name"_s, u"에이"_s, u"--role"_s, u"staff"_s}, env()));
    QCOMPARE(int(add.command), int(Invocation::Command::UserAdd));
    QCOMPARE(add.userAdd.name, u"에이"_s);
    QCOMPARE(int(std::get<Invocation>(readInvocation({u"check"_s}, env())).command), int(Invocation::Command::Check));
    QCOMPARE(std::get<Usage>(readInvocation({u"--version"_s}, env())).exitCode, 0);
}

void tst_Config::namesSourceKeyAndRange_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("flag") << QStringList{u"--port"_s, u"-1"_s} << QString() << QString() << QByteArray() << QStringList{u"flag --port"_s, u"port"_s, u"0 to 65535"_s, u"-1"_s};
    QTest::newRow("variable") << QStringList() << u"NARU_HOLD_TTL"_s << u"1h"_s << QByteArray() << QStringList{u"NARU_HOLD_TTL"_s, u"hold_ttl"_s, u"1 to 1800"_s};
    QTest::newRow("empty variable") << QStringList() << u"NARU_PORT"_s << QString(u""_s) << QByteArray() << QStringList{u"NARU_PORT"_s, u"0 to 65535"_s};
    QTest::newRow("file") << QStringList() << QString() << QString() << QByteArray("\n\nread_threads = 0") << QStringList{u"line 3"_s, u"read_threads"_s, u"1 to 64"_s};
    QTest::newRow("file, unknown") << QStringList() << QString() << QString() << QByteArray("[section]\nport = 1") << QStringList{u"section"_s};
    QTest::newRow("trust") << QStringList() << u"NARU_TRUST_CLOCK"_s << u"perhaps"_s << QByteArray() << QStringList{u"NARU_TRUST_CLOCK"_s, u"trust_clock"_s, u"true or false"_s};
    QTest::newRow("file, type") << QStringList() << QString() << QString() << QByteArray("demo = 1") << QStringList{u"demo"_s, u"true or false"_s};
    QTest::newRow("infinite time") << QStringList{u"--body-timeout"_s, u"inf"_s} << QString() << QString() << QByteArray() << QStringList{u"body_timeout"_s};
    QTest::newRow("not a time") << QStringList{u"--body-timeout"_s, u"nan"_s} << QString() << QString() << QByteArray() << QStringList{u"body_timeout"_s};
}

void tst_Config::namesSourceKeyAndRange()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, variable);
    QFETCH(QString, value);
    QFETCH(QByteArray, text);
    QFETCH(QStringList, says);
    if (!text.isEmpty())
        arguments << u"--config"_s << file(text);
    std::map<QString, QString> variables;
    if (!variable.isEmpty())
        variables[variable] = value;
    const QString fault = faultOf(readInvocation(arguments, env(variables)));
    for (const QString& s : says)
        QVERIFY2(fault.contains(s), qPrintable(s + u" is missing in: "_s + fault));
}

void tst_Config::belongTogether()
{
    const QString pem = file("x");
    QVERIFY(faultOf(readInvocation({u"--listen"_s, u"0.0.0.0"_s}, env())).contains(u"tls_cert"_s));
    QVERIFY(faultOf(readInvocation({u"--tls-cert"_s, pem}, env())).contains(u"tls_key"_s));
    QVERIFY(faultOf(readInvocation({u"--listen"_s, u"0.0.0.0"_s, u"--demo"_s, u"--tls-cert"_s, pem, u"--tls-key"_s, pem}, env())).contains(u"demo"_s));
    QVERIFY(configOf(readInvocation({u"--listen"_s, u"0.0.0.0"_s, u"--tls-cert"_s, pem, u"--tls-key"_s, pem}, env())).usesTls());
    QVERIFY(configOf(readInvocation({u"--listen"_s, u"::1"_s}, env())).isLoopback());
}

void tst_Config::everySettingTakesItsLimitsAndNothingBeyond()
{
    for (const Setting& s : settings()) {
        if (s.kind != Setting::Kind::Integer)
            continue;
        Config c;
        QVERIFY2(apply(c, s, {QString::number(s.min), u"test"_s}), s.key);
        QVERIFY2(apply(c, s, {QString::number(s.max), u"test"_s}), s.key);
        for (const QString& bad : {QString::number(s.min - 1), QString::number(s.max + 1), QString(u""_s), u"1.5"_s, u"0x1"_s, u"99999999999999999999"_s})
            QVERIFY2(!apply(c, s, {bad, u"test"_s}), s.key);
    }
}

void tst_Config::helpNamesEverySetting()
{
    const auto usage = std::get<Usage>(readInvocation({u"--help"_s}, env()));
    QCOMPARE(usage.exitCode, 0);
    for (const Setting& s : settings())
        QVERIFY2(usage.text.contains(u"--"_s + s.flag()), s.key);
    for (const char* command : {"serve", "check", "seed", "simulate", "user"})
        QVERIFY(usage.text.contains(QLatin1StringView(command)));
}

QTEST_GUILESS_MAIN(tst_Config)
#include "tst_Config.moc"
