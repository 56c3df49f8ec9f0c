// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// timeout: 60
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "backend/auth/KeychainKeep.h"
#include "backend/engine/SignInFlow.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

// With a real keyring: the program starts itself again inside a private session bus, twice, because QtKeychain serves only the
// first thread of a process that uses it. Without a keyring: the path everybody else has.
class tst_KeychainKeep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void namesProfilesApart()
    {
        const QString a = KeychainKeep::entryName(u"https://a"_s, u"/home/x"_s);
        QVERIFY(a.startsWith(u"refresh-token/"_s));
        QVERIFY(a != KeychainKeep::entryName(u"https://b"_s, u"/home/x"_s));
        QVERIFY(a != KeychainKeep::entryName(u"https://a"_s, u"/home/y"_s));
    }

    void worksWithoutAKeychain()
    {
        if (qEnvironmentVariableIsSet("NARU_TEST_KEYRING"))
            QSKIP("this run has a keyring");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DISPLAY");
        BackendHarness h;
        h.config.keychain = true;
        h.start();
        Outcome<SessionInfo> o;
        h.backend->session().resume(o.reply());
        QTRY_VERIFY_WITH_TIMEOUT(!o.done.empty(), 12'000);
        QVERIFY(o.kind() == ErrorKind::Keychain || o.kind() == ErrorKind::NotFound);
        QVERIFY(h.signIn());
        h.stop(); // with a write to no keychain perhaps under way
    }

    void keepsReadsAndForgets()
    {
        if (!qEnvironmentVariableIsSet("NARU_TEST_KEYRING")) {
            for (const QString& tool : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s})
                if (QStandardPaths::findExecutable(tool).isEmpty())
                    QSKIP("dbus-run-session and gnome-keyring-daemon are needed");
            QTemporaryDir home;
            home.setAutoRemove(false);
            QProcess p;
            QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
            env.insert(u"NARU_TEST_PROFILE"_s, home.path());
            env.insert(u"HOME"_s, home.path());
            env.insert(u"XDG_RUNTIME_DIR"_s, home.path());
            env.insert(u"XDG_DATA_HOME"_s, home.path() + u"/data"_s);
            env.insert(u"TST"_s, QCoreApplication::applicationFilePath());
            p.setProcessEnvironment(env);
            p.setProcessChannelMode(QProcess::MergedChannels);
            p.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, u"printf test-only | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
                                                        " && NARU_TEST_KEYRING=main \"$TST\" keepsReadsAndForgets && NARU_TEST_KEYRING=backend \"$TST\" keepsReadsAndForgets"_s});
            QVERIFY(p.waitForFinished(40'000));
            const QByteArray output = p.readAll();
            QTRY_VERIFY(QDir(home.path()).removeRecursively()); // the daemon may still be on its way out
            if (output.contains("SKIP"))
                QSKIP("the keyring does not start here");
            QVERIFY2(p.exitCode() == 0, output.constData());
            return;
        }
        BackendHarness h;
        h.config.keychain = true;
        h.config.dataDir = qEnvironmentVariable("NARU_TEST_PROFILE");
        if (qEnvironmentVariable("NARU_TEST_KEYRING") == u"main")
            fromThisThread(h);
        else
            fromTheBackendThread(h);
    }

private:
    void fromThisThread(BackendHarness& h)
    {
        KeychainKeep keep(KeychainKeep::entryName(h.config.server.toString(), h.config.dataDir), Millis{10'000});
        const auto load = [&] {
            std::optional<Result<QByteArray>> got;
            keep.load([&](Result<QByteArray> r) { got.emplace(std::move(r)); });
            if (!QTest::qWaitFor([&] { return got.has_value(); }, 12'000))
                qFatal("the limit of a keychain job does not work");
            return std::move(*got);
        };
        const auto none = load();
        QVERIFY(!none);
        if (none.error().kind == ErrorKind::Keychain)
            QSKIP("no keyring answers");
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        keep.store("first");
        keep.store("second \xED\x95\x9C");
        const auto second = load(); // after what was stored before
        QVERIFY(second);
        QCOMPARE(second.value(), QByteArray("second \xED\x95\x9C"));
        keep.erase();
        QCOMPARE(load().error().kind, ErrorKind::NotFound);
        keep.store(SignInFlow::packKept(h.info, "refresh-0")); // for the second start
        QVERIFY(load());
    }

    // What another start left is continued, and forgotten at the end.
    void fromTheBackendThread(BackendHarness& h)
    {
        h.start();
        Outcome<SessionInfo> resumed;
        h.backend->session().resume(resumed.reply());
        QTRY_VERIFY_WITH_TIMEOUT(!resumed.done.empty(), 12'000);
        QVERIFY2(resumed.ok(), qPrintable(resumed.code()));
        QVERIFY(h.wire.asked("POST /oauth/token")[0].body.contains("refresh_token=refresh-0"));
        Outcome<Done> out;
        h.backend->session().signOut(out.reply());
        QTRY_VERIFY(out.ok());
        Outcome<SessionInfo> gone;
        h.backend->session().resume(gone.reply());
        QTRY_VERIFY_WITH_TIMEOUT(!gone.done.empty(), 12'000);
        QCOMPARE(gone.kind(), ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_KeychainKeep)
#include "tst_KeychainKeep.moc"
