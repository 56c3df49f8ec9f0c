// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/NarudProcess.h"

#include "support/PgCluster.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QRegularExpression>

#include <csignal>

namespace naru::test {

using namespace Qt::StringLiterals;

NarudProcess::NarudProcess(QString dataDir) : m_dataDir(dataDir.isEmpty() ? m_own.path() + u"/data"_s : std::move(dataDir))
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_database = onPostgres() ? freshStore(m_own) : m_dataDir + u"/naru.sqlite"_s;
}

NarudProcess::~NarudProcess()
{
    if (isRunning() && !terminate(10000))
        kill9();
}

QString NarudProcess::binary()
{
    const QStringList places{qEnvironmentVariable("NARUD"), qEnvironmentVariable("NARU_BUILD_DIR") + u"/app/server/narud"_s,
        QCoreApplication::applicationDirPath() + u"/../app/server/narud"_s, QCoreApplication::applicationDirPath() + u"/narud"_s};
    for (const QString& place : places)
        if (QFileInfo(place).isExecutable() && QFileInfo(place).isFile())
            return QFileInfo(place).absoluteFilePath();
    return {};
}

void NarudProcess::setEnvironment(const QString& name, const QString& value)
{
    QProcessEnvironment all = m_process.processEnvironment();
    if (all.isEmpty())
        all = QProcessEnvironment::systemEnvironment();
    all.insert(name, value);
    m_process.setProcessEnvironment(all);
}

bool NarudProcess::start(const QStringList& moreArguments)
{
    m_port = 0;
    m_log.clear();
    m_process.start(binary(), QStringList{u"serve"_s, u"--data-dir"_s, m_dataDir, u"--database"_s, m_database, u"--port"_s, u"0"_s} + moreArguments);
    static const QRegularExpression said(u"listen(?:s|ing) on https?://[^\\s:]+:(\\d+)"_s);
    QDeadlineTimer deadline(30000);
    while (!deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(200);
        drain();
        const auto found = said.match(m_log);
        if (found.hasMatch()) {
            m_port = found.captured(1).toUShort();
            return true;
        }
    }
    drain();
    return false;
}

void NarudProcess::kill9()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
    m_process.waitForFinished(10000);
    drain();
}

bool NarudProcess::terminate(int timeoutMs)
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM);
    const bool over = m_process.waitForFinished(timeoutMs);
    drain();
    return over && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

bool NarudProcess::restart(const QStringList& moreArguments)
{
    if (isRunning() && !terminate())
        kill9();
    return start(moreArguments);
}

bool NarudProcess::isRunning() const { return m_process.state() != QProcess::NotRunning; }

int NarudProcess::run(const QStringList& arguments, QString* output, int timeoutMs)
{
    QProcess p;
    p.setProcessChannelMode(QProcess::MergedChannels);
    p.start(binary(), arguments + QStringList{u"--data-dir"_s, m_dataDir, u"--database"_s, m_database});
    p.closeWriteChannel();
    const bool over = p.waitForFinished(timeoutMs);
    if (output)
        *output = QString::fromUtf8(p.readAll());
    if (!over) {
        p.kill();
        p.waitForFinished(5000);
    }
    return over && p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -1;
}

void NarudProcess::drain() { m_log += QString::fromUtf8(m_process.readAll()); }

} // namespace naru::test
