// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// timeout: 120
// The device key and a real GNOME keyring, each case in a private session bus and home: this program starts itself again as the console's part
// that asks the keychain, and reads what became of the key from its output.
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <unistd.h>

#include "backend/auth/DeviceKey.h"
#include "backend/auth/QtKeychainEntry.h"

using namespace naru;
using namespace naru::backend;
using namespace Qt::StringLiterals;

namespace {

const char* const kProbe = "NARU_TEST_KEY_PROBE"; // the profile's folder, and: be the probe

QByteArray nameOf(KeyState state)
{
    switch (state) {
    case KeyState::Waiting: return "waiting"_ba;
    case KeyState::Ready: return "ready"_ba;
    case KeyState::Locked: return "locked"_ba;
    case KeyState::NoKeychain: return "none"_ba;
    case KeyState::MemoryOnly: return "memory"_ba;
    }
    return {};
}

// The other side: a line for each state of the key; commands by standard input, one letter each.
int probe(QCoreApplication& app, const QString& profile)
{
    const Millis unlock(app.arguments().value(1, u"20000"_s).toInt());
    DeviceKey key(std::make_unique<QtKeychainEntry>(QtKeychainEntry::keyName(profile)), profile + u"/device-key.json"_s, unlock, systemClock());
    const auto tell = [&] {
        const QByteArray print = key.key() ? QByteArray::fromStdString(key.key()->jwk().thumbprint()) : QByteArray();
        std::fprintf(stdout, "state %s %s\n", nameOf(key.state()).constData(), print.isEmpty() ? "-" : print.constData());
        std::fflush(stdout);
    };
    QObject::connect(&key, &DeviceKey::changed, &key, tell);
    QSocketNotifier commands(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&commands, &QSocketNotifier::activated, &key, [&] {
        char letter = 'q';
        if (::read(STDIN_FILENO, &letter, 1) <= 0 || letter == 'q')
            app.quit();
        else if (letter == 'r')
            key.retry();
        else if (letter == 'm')
            key.useMemory();
        else if (letter == 'a')
            key.setUpAgain();
    });
    key.start();
    tell();
    return QCoreApplication::exec();
}

// How one case is set up around the probe.
struct Setting {
    QString password; // of the keyring's daemon, started by hand; empty: none is started
    bool bus = true;
    bool library = true; // libsecret can be loaded
    int unlockMs = 20'000;
    bool hold = false; // the daemon is stopped until the file run/hold is gone
};

// A home with a profile in it, kept over several starts.
class Home {
public:
    QString path(const QString& name) const { return m_dir.filePath(name); }
    QString marker() const
    {
        QFile f(path(u"profile/device-key.json"_s));
        return f.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(f.readAll())[u"jkt"_s].toString() : QString();
    }
    Home()
    {
        for (const char* name : {"profile", "run", "data", "nothing"})
            QDir(m_dir.path()).mkdir(QString::fromLatin1(name));
        QFile::setPermissions(path(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile broken(path(u"nothing/libsecret-1.so.0"_s)); // found first, and no library
        if (!broken.open(QIODevice::WriteOnly) || broken.write("no library") < 0)
            qFatal("the home cannot be written");
    }

private:
    QTemporaryDir m_dir;
};

class Run {
public:
    Run(Home& home, const Setting& s)
    {
        QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
        for (const QString& name : {u"DBUS_SESSION_BUS_ADDRESS"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"XDG_CURRENT_DESKTOP"_s})
            env.remove(name);
        env.insert(u"HOME"_s, home.path({}));
        env.insert(u"XDG_RUNTIME_DIR"_s, home.path(u"run"_s));
        env.insert(u"XDG_DATA_HOME"_s, home.path(u"data"_s));
        env.insert(QString::fromLatin1(kProbe), home.path(u"profile"_s));
        env.insert(u"PROBE"_s, QCoreApplication::applicationFilePath());
        env.insert(u"SECRET"_s, s.password);
        env.insert(u"UNLOCK"_s, QString::number(s.unlockMs));
        if (!s.library)
            env.insert(u"LD_LIBRARY_PATH"_s, home.path(u"nothing"_s));
        m_process.setProcessEnvironment(env);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        if (!s.bus) {
            m_process.start(QCoreApplication::applicationFilePath(), {QString::number(s.unlockMs)});
            return;
        }
        const QString daemon = s.password.isEmpty() ? QString() : u"printf %s \"$SECRET\" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "_s;
        QString hold;
        if (s.hold) {
            QFile(home.path(u"run/hold"_s)).open(QIODevice::WriteOnly);
            // The daemon's own number, by what it told the bus: which may be a little after it has gone to the background.
            hold = u"d=; for try in $(seq 200); do d=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / "
                   "org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null | awk '{print $2}'); "
                   "[ -n \"$d\" ] && break; sleep 0.05; done; kill -STOP $d; "
                   "(while [ -e \"$XDG_RUNTIME_DIR/hold\" ]; do sleep 0.05; done; kill -CONT $d) & "_s;
        }
        m_process.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, daemon + hold + u"exec \"$PROBE\" \"$UNLOCK\""_s});
    }
    ~Run()
    {
        command('q');
        if (!m_process.waitForFinished(5'000))
            m_process.kill();
        m_process.waitForFinished(5'000);
    }
    void command(char letter)
    {
        m_process.write(&letter, 1);
        m_process.waitForBytesWritten(1'000);
    }
    // The next state that is not "waiting", with the key's thumbprint.
    std::pair<QByteArray, QString> next(bool alsoWaiting = false)
    {
        QElapsedTimer since;
        since.start();
        while (since.elapsed() < 20'000) {
            while (m_process.canReadLine()) {
                const QList<QByteArray> part = m_process.readLine().trimmed().split(' ');
                if (part.size() == 3 && part[0] == "state" && (alsoWaiting || part[1] != "waiting"))
                    return {part[1], part[2] == "-" ? QString() : QString::fromLatin1(part[2])};
            }
            if (m_process.state() == QProcess::NotRunning)
                break;
            m_process.waitForReadyRead(100);
        }
        return {"silent"_ba, {}};
    }

private:
    QProcess m_process;
};

} // namespace

class tst_DeviceKeyring : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const QString& tool : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s})
            if (QStandardPaths::findExecutable(tool).isEmpty())
                QSKIP("dbus-run-session and gnome-keyring-daemon are needed (packages dbus, gnome-keyring)");
    }

    // 1, 2: the first run makes one device, and every later one is it.
    void firstRunThenReady()
    {
        Home home;
        QString print;
        {
            Run run(home, open());
            const auto [state, made] = run.next();
            QCOMPARE(state, QByteArray("ready"));
            QCOMPARE(home.marker(), made);
            print = made;
        }
        for (int i = 0; i < 2; ++i) {
            Run run(home, open());
            const auto [state, found] = run.next();
            QCOMPARE(state, QByteArray("ready"));
            QCOMPARE(found, print); // the number of devices stays 1
        }
    }

    // 3, 5: locked, with nobody to ask for the password: "not found" to a read, "denied" to a write.
    void lockedIsNotAFirstRun()
    {
        Home home;
        QString print;
        {
            Run run(home, open());
            print = run.next().second;
            QCOMPARE(home.marker(), print);
        }
        {
            Run run(home, Setting{.password = u"wrong"_s});
            QCOMPARE(run.next().first, QByteArray("locked"));
            run.command('r');
            QCOMPARE(run.next().first, QByteArray("locked"));
            run.command('a'); // even who wants to give it up cannot while it is locked
            QCOMPARE(run.next().first, QByteArray("locked"));
            QCOMPARE(home.marker(), print);
        }
        Run run(home, open());
        const auto [state, found] = run.next();
        QCOMPARE(state, QByteArray("ready"));
        QCOMPARE(found, print);
    }

    // 3: another provider answers, or somebody deleted the entry: unlocked, writable, and still no first run.
    void anEntryThatIsGoneIsNotAFirstRun()
    {
        Home home;
        QString print;
        {
            Run run(home, open());
            print = run.next().second;
        }
        QVERIFY(QDir(home.path(u"data/keyrings"_s)).removeRecursively());
        Run run(home, open());
        QCOMPARE(run.next().first, QByteArray("locked"));
        QCOMPARE(home.marker(), print);
        run.command('a'); // only who says so gets another device
        const auto [state, made] = run.next();
        QCOMPARE(state, QByteArray("ready"));
        QVERIFY(made != print);
        QCOMPARE(home.marker(), made);
    }

    // 5: locked before anything was set up: the key cannot be written, and no marker says otherwise.
    void lockedAtTheFirstRun()
    {
        Home home;
        {
            Run run(home, open());
            QVERIFY(!run.next().second.isEmpty()); // makes the collection
        }
        QVERIFY(QFile::remove(home.path(u"profile/device-key.json"_s)));
        Run run(home, Setting{.password = u"wrong"_s});
        QCOMPARE(run.next().first, QByteArray("locked"));
        QCOMPARE(home.marker(), QString());
    }

    // 4: a provider that does not answer, as while a password is asked for.
    void noAnswerIsWaitedForAndCounts()
    {
        Home home;
        QString print;
        {
            Run run(home, open());
            print = run.next().second;
        }
        Setting s = open();
        s.unlockMs = 400;
        s.hold = true;
        Run run(home, s);
        QCOMPARE(run.next(true).first, QByteArray("waiting"));
        QCOMPARE(run.next().first, QByteArray("locked"));
        run.command('r');
        QCOMPARE(run.next(true).first, QByteArray("waiting"));
        QFile::remove(home.path(u"run/hold"_s)); // unlocked: the keyring goes on
        auto [state, found] = run.next();
        if (state == "locked") // it was slower than the second wait
            std::tie(state, found) = run.next();
        QCOMPARE(state, QByteArray("ready"));
        QCOMPARE(found, print);
    }

    // 6: no session bus.
    void withoutABus()
    {
        Home home;
        Run run(home, Setting{.bus = false});
        QCOMPARE(run.next().first, QByteArray("none"));
        QVERIFY(QDir(home.path(u"profile"_s)).isEmpty());
        run.command('m');
        const auto [state, print] = run.next();
        QCOMPARE(state, QByteArray("memory"));
        QVERIFY(!print.isEmpty());
        QVERIFY(QDir(home.path(u"profile"_s)).isEmpty()); // never a plain file
    }

    // 7: libsecret is not installed.
    void withoutTheLibrary()
    {
        Home home;
        Setting s = open();
        s.library = false;
        Run run(home, s);
        QCOMPARE(run.next().first, QByteArray("none"));
        QVERIFY(QDir(home.path(u"profile"_s)).isEmpty());
    }

    // 8: the bus starts a provider by itself; it has no collection, and nobody can be asked to make one.
    void withoutACollection()
    {
        Home home;
        Run run(home, Setting{});
        QCOMPARE(run.next().first, QByteArray("none"));
        QVERIFY(QDir(home.path(u"profile"_s)).isEmpty());
    }

private:
    static Setting open() { return Setting{.password = u"test-only"_s}; }
};

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (qEnvironmentVariableIsSet(kProbe))
        return probe(app, qEnvironmentVariable(kProbe));
    tst_DeviceKeyring test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_DeviceKeyring.moc"
