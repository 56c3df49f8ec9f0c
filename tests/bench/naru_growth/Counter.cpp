// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Counter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <algorithm>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongest = 1'800'000;

QStringList stepArguments(const QString& step, const QString& file, int param, int ops)
{
    return {u"work"_s, step, file, QString::number(param), QString::number(ops)};
}

void finish(QProcess& process, const QString& what)
{
    if (process.waitForFinished(kLongest) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return;
    const QString said = QString::fromUtf8(process.readAll()).right(600).trimmed();
    throw std::runtime_error((what + u": "_s + (said.isEmpty() ? process.errorString() : said)).toStdString());
}

// Callgrind writes a file for each thread, "-01" the first one's, with a line "totals: n".
double totalOf(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression line(u"^(?:summary|totals): (\\d+)"_s, QRegularExpression::MultilineOption);
    double total = 0;
    for (auto it = line.globalMatch(QString::fromUtf8(file.readAll())); it.hasNext();)
        total = std::max(total, it.next().captured(1).toDouble());
    return total;
}

} // namespace

void runNatively(const QString& step, const QString& file, int param, int ops)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(), stepArguments(step, file, param, ops));
    finish(process, step);
}

double countInstructions(const QString& step, const QString& file, int param, int ops, Threads threads)
{
    const QFileInfo out(file + u".callgrind"_s);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"valgrind"_s, QStringList{u"--tool=callgrind"_s, u"--separate-threads=yes"_s, u"--callgrind-out-file="_s + out.filePath(), QCoreApplication::applicationFilePath()}
            + stepArguments(step, file, param, ops));
    finish(process, step + u" under callgrind"_s);
    double total = 0;
    const QStringList files = out.dir().entryList({out.fileName() + u'*'}, QDir::Files, QDir::Name);
    for (const QString& name : files) {
        const double one = totalOf(out.dir().filePath(name));
        if (threads == Threads::All || total == 0)
            total += one;
        QFile::remove(out.dir().filePath(name)); // or the next count in this folder finds it
    }
    if (total <= 0)
        throw std::runtime_error((u"callgrind counted nothing for "_s + step).toStdString());
    return total;
}

} // namespace naru::bench
