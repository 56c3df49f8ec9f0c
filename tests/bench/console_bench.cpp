// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/FrameStorm.h"
#include "support/NarudProcess.h"
#include "support/RestSession.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QThread>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>

// What the console costs a person in waiting, measured on the real programs:
//   console_bench start  --runs 9        from process start to the first painted rows, out of the cache and fresh
//   console_bench frames --decisions 2000 --seconds 20   frame times of the reservation monitor in a storm of decisions; needs no server
//   console_bench stalls --minutes 10    the window while 200 things a second change: times the UI thread was not free. What it waited ready
//                                        for a processor of a busy machine is told apart.
// Needs narud and naru built; the display is the one of $DISPLAY, or an Xvfb of its own. `stalls` ends with 1 when the UI
// thread was blocked for more than 50 ms.
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

QString consoleBinary()
{
    for (const QString& place : {qEnvironmentVariable("NARU_CONSOLE"), QCoreApplication::applicationDirPath() + u"/../app/console/naru"_s})
        if (QFileInfo(place).isFile() && QFileInfo(place).isExecutable())
            return QFileInfo(place).absoluteFilePath();
    return {};
}

[[noreturn]] void stop(const QString& why)
{
    std::fprintf(stderr, "console_bench: %s\n", qPrintable(why));
    std::exit(2);
}

// A display of its own unless there is one already.
class Display {
public:
    void open()
    {
        m_name = qEnvironmentVariable("DISPLAY");
        if (!m_name.isEmpty())
            return;
        m_xvfb.setStandardErrorFile(QProcess::nullDevice());
        m_xvfb.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1920x1080x24"_s, u"-nolisten"_s, u"tcp"_s});
        QByteArray number;
        while (!number.contains('\n') && m_xvfb.waitForReadyRead(15000))
            number += m_xvfb.readAllStandardOutput();
        if (!number.contains('\n'))
            stop(u"no $DISPLAY and Xvfb does not start (package xvfb)"_s);
        m_name = u":"_s + QString::fromLatin1(number.trimmed());
    }
    ~Display()
    {
        if (m_xvfb.state() == QProcess::NotRunning)
            return;
        m_xvfb.terminate();
        m_xvfb.waitForFinished(5000);
    }
    QString name() const { return m_name; }

private:
    QProcess m_xvfb;
    QString m_name;
};

struct Bench {
    NarudProcess server;
    Display display;
    QTemporaryDir home;

    void open()
    {
        if (NarudProcess::binary().isEmpty() || consoleBinary().isEmpty())
            stop(u"narud and naru are not built, or not found ($NARUD, $NARU_CONSOLE)"_s);
        QString said;
        if (server.run({u"seed"_s}, &said) != 0 || !server.start({u"--demo"_s}))
            stop(said + server.log());
    }
    QString url() const { return u"http://%1:%2"_s.arg(server.host()).arg(server.port()); }
    QProcessEnvironment environment() const
    {
        auto e = QProcessEnvironment::systemEnvironment();
        e.insert(u"DISPLAY"_s, display.name());
        e.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        e.insert(u"XDG_RUNTIME_DIR"_s, home.path());
        e.insert(u"XDG_CONFIG_HOME"_s, home.path() + u"/config"_s);
        e.insert(u"XDG_CACHE_HOME"_s, home.path() + u"/cache"_s);
        e.insert(u"XDG_DATA_HOME"_s, home.path() + u"/data"_s);
        e.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        return e;
    }
    QStringList consoleArguments(const QString& screen) const
    {
        return {u"--server"_s, url(), u"--demo-login"_s, u"hanjiwoo"_s, u"--geometry"_s, u"1440x900"_s, u"--screen"_s, screen, u"--language"_s, u"ko"_s};
    }
};

void endGently(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(15000)) {
        process.kill();
        process.waitForFinished(5000);
    }
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? -1 : values[values.size() / 2];
}

// Starts the console until its fresh rows are painted; answers the milliseconds it prints.
QMap<QString, double> startOnce(const Bench& bench, const QString& screen)
{
    static const QRegularExpression line(u"timing: (.+) at (\\d+) ms"_s);
    QProcess console;
    console.setProcessEnvironment(bench.environment());
    console.setStandardErrorFile(QProcess::nullDevice());
    console.start(consoleBinary(), bench.consoleArguments(screen) + QStringList{u"--timing"_s});
    QMap<QString, double> times;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 30000 && !times.contains(u"fresh rows painted"_s)) {
        console.waitForReadyRead(500);
        while (console.canReadLine())
            if (const auto found = line.match(QString::fromUtf8(console.readLine())); found.hasMatch())
                times.insert(found.captured(1), found.captured(2).toDouble());
    }
    endGently(console);
    if (!times.contains(u"fresh rows painted"_s))
        stop(u"the console did not show fresh rows within 30 s"_s);
    return times;
}

// Display and console go before the other work of a busy machine; the server does not.
void favour(int nice)
{
    if (nice != 0 && setpriority(PRIO_PROCESS, 0, nice) != 0)
        stop(u"this priority needs root"_s);
}

QString load()
{
    double average[1] = {0};
    getloadavg(average, 1);
    return u"load %1 on %2 cores"_s.arg(average[0], 0, 'f', 1).arg(QThread::idealThreadCount());
}

int measureStart(int runs, int nice)
{
    Bench bench;
    bench.open();
    favour(nice);
    bench.display.open();
    for (const auto& screen : {u"orders"_s, u"reservations"_s, u"products"_s, u"home"_s}) {
        startOnce(bench, screen); // fills the cache
        QMap<QString, std::vector<double>> all;
        for (int run = 0; run < runs; ++run) {
            const auto times = startOnce(bench, screen);
            for (auto it = times.begin(); it != times.end(); ++it)
                all[it.key()].push_back(it.value());
        }
        for (auto it = all.begin(); it != all.end(); ++it)
            std::printf("%-13s %-20s median %5.0f ms   min %5.0f   max %5.0f   (%zu runs)\n", qPrintable(screen), qPrintable(it.key()), median(it.value()),
                *std::min_element(it.value().begin(), it.value().end()), *std::max_element(it.value().begin(), it.value().end()), it.value().size());
        if (!all.contains(u"cached rows painted"_s))
            std::printf("%-13s nothing came from the cache\n", qPrintable(screen));
        std::fflush(stdout);
    }
    std::printf("%s\n", qPrintable(load()));
    return 0;
}

int measureStalls(double minutes, double rate, const QString& screen, int nice)
{
    Bench bench;
    bench.open();
    QProcess simulate;
    simulate.setProcessChannelMode(QProcess::MergedChannels);
    simulate.start(NarudProcess::binary(), {u"simulate"_s, u"--url"_s, bench.url(), u"--rate"_s, QString::number(rate), u"--seconds"_s, QString::number(static_cast<int>(minutes * 60) + 20)});
    if (!simulate.waitForStarted())
        stop(u"narud simulate does not start"_s);
    favour(nice);
    bench.display.open();
    QProcess console;
    auto environment = bench.environment();
    environment.insert(u"NARU_WATCHDOG"_s, u"1"_s);
    console.setProcessEnvironment(environment);
    console.setStandardOutputFile(QProcess::nullDevice());
    console.start(consoleBinary(), bench.consoleArguments(screen));
    if (!console.waitForStarted())
        stop(u"naru does not start"_s);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < minutes * 60000 && console.state() == QProcess::Running) {
        simulate.waitForReadyRead(1000);
        while (simulate.canReadLine())
            std::printf("  %s", simulate.readLine().constData());
        std::fflush(stdout);
        if (simulate.state() == QProcess::NotRunning)
            stop(u"narud simulate ended by itself"_s);
    }
    if (console.state() != QProcess::Running)
        stop(u"naru ended by itself: %1"_s.arg(QString::fromUtf8(console.readAllStandardError())));
    endGently(console);
    endGently(simulate);
    const auto said = QString::fromUtf8(console.readAllStandardError());
    static const QRegularExpression verdict(u"watchdog: (\\d+) pings, (\\d+) stalls over (\\d+) ms \\((\\d+) [^)]*\\); longest([ .\\d]*) ms"_s);
    const auto found = verdict.match(said);
    if (!found.hasMatch())
        stop(u"no word from the watchdog: %1"_s.arg(said.right(600)));
    std::printf("%s: %.1f minutes at %.0f actions/s: %s stalls of its own over %s ms, longest%s ms; %s slow answers with the machine's share, of %s; %s\n", qPrintable(screen), minutes, rate, qPrintable(found.captured(2)),
        qPrintable(found.captured(3)), qPrintable(found.captured(5)), qPrintable(found.captured(4)), qPrintable(found.captured(1)), qPrintable(load()));
    return found.captured(2) == u"0"_s ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1 && qstrcmp(argv[1], "frames") == 0) {
        if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
        naru::bench::TimedApplication app(argc, argv);
        QCommandLineParser parser;
        parser.addOptions({{u"decisions"_s, u"A second."_s, u"n"_s, u"2000"_s}, {u"seconds"_s, u"Length of the run."_s, u"n"_s, u"20"_s}});
        parser.process(app);
        return naru::bench::measureFrames(app, std::max(20, parser.value(u"decisions"_s).toInt()), std::max(1, parser.value(u"seconds"_s).toInt()));
    }
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(u"what"_s, u"start, stalls or frames"_s);
    parser.addOptions({{u"runs"_s, u"Starts per screen."_s, u"n"_s, u"9"_s}, {u"minutes"_s, u"Length of the watched run."_s, u"m"_s, u"10"_s},
        {u"rate"_s, u"Actions a second."_s, u"n"_s, u"200"_s}, {u"screen"_s, u"Screen that is watched."_s, u"id"_s, u"reservations"_s},
        {u"nice"_s, u"Priority of display and console; below 0 (root) keeps other work on the machine out of the figures."_s, u"n"_s, u"0"_s}});
    parser.process(app);
    const auto what = parser.positionalArguments().value(0);
    const int nice = parser.value(u"nice"_s).toInt();
    if (what == u"start"_s)
        return measureStart(std::max(1, parser.value(u"runs"_s).toInt()), nice);
    if (what == u"stalls"_s)
        return measureStalls(parser.value(u"minutes"_s).toDouble(), parser.value(u"rate"_s).toDouble(), parser.value(u"screen"_s), nice);
    parser.showHelp(2);
}
