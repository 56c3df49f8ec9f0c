// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Machine.h"

#include "bench/naru_bench/Trial.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSysInfo>
#include <QThread>
#include <ctime>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QByteArray slurp(const QString& path)
{
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

struct Stat {
    pid_t parent = 0;
    double own = 0;
    double reaped = 0; // of children that ended
};

Stat statOf(pid_t pid)
{
    const QByteArray text = slurp(u"/proc/%1/stat"_s.arg(pid));
    const auto f = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (f.size() < 15)
        return {};
    const double tick = static_cast<double>(sysconf(_SC_CLK_TCK));
    return {static_cast<pid_t>(f[1].toInt()), (f[11].toDouble() + f[12].toDouble()) / tick, (f[13].toDouble() + f[14].toDouble()) / tick};
}

double clockSeconds(clockid_t which)
{
    timespec t{};
    clock_gettime(which, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

QString firstMatch(const QString& path, const QString& pattern)
{
    return QRegularExpression(pattern).match(QString::fromUtf8(slurp(path))).captured(1).trimmed();
}

} // namespace

double cpuSeconds(pid_t pid, bool withChildren)
{
    if (pid <= 0)
        return 0;
    const Stat self = statOf(pid);
    double sum = self.own;
    if (!withChildren)
        return sum;
    sum += self.reaped;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool number = false;
        const auto other = static_cast<pid_t>(name.toInt(&number));
        if (!number)
            continue;
        const Stat s = statOf(other);
        if (s.parent == pid)
            sum += s.own;
    }
    return sum;
}

CpuWindow::Reading CpuWindow::read() const
{
    Reading r;
    for (const pid_t pid : m_servers)
        r.server += cpuSeconds(pid, false);
    r.database = cpuSeconds(m_database, true);
    r.driver = clockSeconds(CLOCK_THREAD_CPUTIME_ID);
    r.process = clockSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const auto f = slurp(u"/proc/stat"_s).split('\n').first().simplified().split(' ');
    const double tick = static_cast<double>(sysconf(_SC_CLK_TCK));
    for (qsizetype i = 1; i <= 8 && i < f.size(); ++i) {
        const double v = f[i].toDouble() / tick;
        r.all += v;
        if (i != 4 && i != 5) // idle, waiting for the disk
            r.busy += v;
        if (i == 8)
            r.stolen = v;
    }
    return r;
}

void CpuWindow::begin()
{
    m_first = read();
}

void CpuWindow::end()
{
    const Reading last = read();
    server = last.server - m_first.server;
    database = last.database - m_first.database;
    driver = last.driver - m_first.driver;
    rest = std::max(0.0, last.process - m_first.process - driver);
    const double all = std::max(1e-9, last.all - m_first.all);
    stolen = (last.stolen - m_first.stolen) / all;
    foreign = std::max(0.0, (last.busy - m_first.busy - server - database - driver - rest) / all - stolen);
}

double fixedWorkMs()
{
    const std::int64_t from = nowNs();
    volatile std::uint64_t x = 88172645463325252ULL;
    for (int i = 0; i < 10'000'000; ++i) {
        std::uint64_t v = x;
        v ^= v << 13;
        v ^= v >> 7;
        v ^= v << 17;
        x = v;
    }
    return static_cast<double>(nowNs() - from) / 1e6;
}

Histogram syncLatency(const QString& folder, int times)
{
    Histogram h;
    const QByteArray path = QFile::encodeName(folder + u"/sync-probe"_s);
    const int fd = ::open(path.constData(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return h;
    const std::string page(8192, 'x');
    for (int i = 0; i < times; ++i) {
        const std::int64_t from = nowNs();
        if (::write(fd, page.data(), page.size()) < 0 || ::fdatasync(fd) != 0)
            break;
        h.record((nowNs() - from) / 1000);
    }
    ::close(fd);
    ::unlink(path.constData());
    return h;
}

QString machineText()
{
    double load[3] = {0, 0, 0};
    getloadavg(load, 3);
    const QString model = firstMatch(u"/proc/cpuinfo"_s, u"model name\\s*:\\s*(.+)"_s);
    const double memory = firstMatch(u"/proc/meminfo"_s, u"MemTotal:\\s*(\\d+)"_s).toDouble() / 1024 / 1024;
    return u"%1 × %2, %3 GiB memory, Linux %4, %5; load %6 / %7 (1 / 5 min) at the start"_s.arg(QThread::idealThreadCount())
        .arg(model.isEmpty() ? u"processor"_s : model).arg(memory, 0, 'f', 0).arg(QSysInfo::kernelVersion(), QSysInfo::prettyProductName())
        .arg(load[0], 0, 'f', 2).arg(load[1], 0, 'f', 2);
}

} // namespace naru::bench
