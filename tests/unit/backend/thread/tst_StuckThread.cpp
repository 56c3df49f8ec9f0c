// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// Not among the boundary tests: ThreadSanitizer cannot follow a process that starts another one.
#include <QProcess>
#include <QTest>

#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

class tst_StuckThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aStuckThreadIsLeftBehind()
    {
        if (qEnvironmentVariableIsSet("NARU_TEST_STUCK")) {
            BackendHarness h;
            h.config.limits.stopThread = Millis{50};
            std::mutex stuck;
            stuck.lock();
            h.wire.on("GET /v1/server", [&](const FakeRequest&) {
                const std::lock_guard never(stuck);
                return FakeAnswer{};
            });
            h.start();
            Outcome<ServerInfo> o;
            h.backend->session().serverInfo(o.reply());
            QTRY_COMPARE(h.wire.count("GET /v1/server"), 1);
            QTest::ignoreMessage(QtCriticalMsg, "the backend thread does not end; leaving it behind");
            h.stop();
            QFAIL("it must have left");
        }
        QProcess p;
        QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
        env.insert(u"NARU_TEST_STUCK"_s, u"1"_s);
        p.setProcessEnvironment(env);
        p.setProcessChannelMode(QProcess::MergedChannels);
        p.start(QCoreApplication::applicationFilePath(), {u"aStuckThreadIsLeftBehind"_s});
        QVERIFY(p.waitForFinished(20'000));
        QVERIFY2(p.exitStatus() == QProcess::NormalExit && p.exitCode() == 70, p.readAll().constData());
    }
};

QTEST_GUILESS_MAIN(tst_StuckThread)
#include "tst_StuckThread.moc"
