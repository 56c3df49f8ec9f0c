// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace naru::test {

// The real narud as a process of its own, on a free port of loopback. Found as $NARUD, $NARU_BUILD_DIR/app/server/narud or
// next to the test. Test thread.
class NarudProcess {
public:
    // `dataDir` empty: a temporary folder of its own, kept over restarts.
    explicit NarudProcess(QString dataDir = {});
    ~NarudProcess(); // ends it

    static QString binary(); // empty when not found

    bool start(const QStringList& moreArguments = {}); // true once it listens
    void kill9();
    bool terminate(int timeoutMs = 15000); // SIGTERM and wait: true when it ended with 0
    bool restart(const QStringList& moreArguments = {}); // on the same data; the port changes
    bool isRunning() const;
    // One of the other commands (seed, check, user add …) on this data folder; returns the exit code, -1 when it never ended.
    int run(const QStringList& arguments, QString* output = nullptr, int timeoutMs = 120000);

    QString host() const { return QStringLiteral("127.0.0.1"); }
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    QString dataDir() const { return m_dataDir; }
    // Where its data is: the file in the data folder, or a PostgreSQL database of its own when the test runs on that engine.
    QString database() const { return m_database; }
    void setDatabase(const QString& database) { m_database = database; } // before start; another server's, to share it
    void setEnvironment(const QString& name, const QString& value); // of the server, from the next start on
    QString log() const { return m_log; } // what it wrote so far

private:
    void drain();

    QTemporaryDir m_own;
    QString m_dataDir;
    QString m_database;
    QProcess m_process;
    QString m_log;
    quint16 m_port = 0;
};

} // namespace naru::test
