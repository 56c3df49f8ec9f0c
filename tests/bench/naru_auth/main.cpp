// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Report.h"
#include "bench/naru_bench/Machine.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <cstdio>

// What letting people and requests in costs: one command, one run, one server inside this process.
//   naru-auth            about three minutes, on a machine that does nothing else
//   naru-auth --quick    everything once and short: shows that it works, not how fast it is
// Ends with 1 when a goal is missed.
using namespace naru::bench;
using namespace Qt::StringLiterals;

namespace {

void say(const QString& text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

bool save(const QString& path, const QString& text)
{
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

AuthFindings measure(bool quick, const QString& folder)
{
    AuthFindings f;
    f.quick = quick;
    f.machine = machineText();
    f.rounds = quick ? 1 : 5;
    say(f.machine);
    AuthWorld world(folder, 200);
    measureVerify(world, f.rounds, quick ? 500 : 5'000, f.verify);
    say(u"a proof and a known token: %1 µs; a new token: %2 µs"_s.arg(f.verify.known.median(), 0, 'f', 1).arg(f.verify.fresh.median(), 0, 'f', 1));
    measureSignIns(world, f.rounds, quick ? 2 : 6, f.signIns);
    say(u"%1 sign-ins a second; bare hashes: %2 a second a thread"_s.arg(f.signIns.signIns.median(), 0, 'f', 1).arg(f.signIns.limit.median(), 0, 'f', 1));
    measureDiscovery(world, quick ? 50 : 1'000, f.discovery);
    say(u"a wrong password: %1 ms for names that exist, %2 ms for others, z = %3"_s.arg(static_cast<double>(f.discovery.existing.quantile(.5)) / 1000, 0, 'f', 2)
            .arg(static_cast<double>(f.discovery.unknown.quantile(.5)) / 1000, 0, 'f', 2).arg(f.discovery.z, 0, 'f', 2));
    f.storm = measureStorm(world, quick ? 1 : 4, quick ? 3 : 10, f.signIns.limit.median());
    for (const StormSide& s : f.storm.sides)
        say(u"%1: p99 %2 ms, over 5 ms %3 %"_s.arg(s.name).arg(static_cast<double>(s.latency.quantile(.99)) / 1000, 0, 'f', 2).arg(100 * s.delayed.median(), 0, 'f', 3));
    return f;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"naru-auth"_s);
    QCommandLineParser parser;
    const QCommandLineOption quick(u"quick"_s, u"Everything once and short."_s);
    const QCommandLineOption out(u"out"_s, u"Folder for sign-in.md; without it nothing is written."_s, u"folder"_s);
    const QCommandLineOption folder(u"folder"_s, u"Where the database lies, on the disk to measure (a temporary folder)."_s, u"folder"_s);
    parser.setApplicationDescription(u"Measures proofs, tokens and sign-ins, and what a storm of sign-ins does to everybody else."_s);
    parser.addHelpOption();
    parser.addOptions({quick, out, folder});
    parser.process(app);
    try {
        const AuthFindings f = measure(parser.isSet(quick), parser.value(folder));
        int missed = 0;
        for (const AuthGoal& g : goals(f)) {
            say((g.met ? u"met    "_s : u"MISSED "_s) + g.id + u' ' + g.words + u": "_s + g.value + u" (asked "_s + g.asked + u')');
            missed += g.met ? 0 : 1;
        }
        if (parser.isSet(out) && (!QDir().mkpath(parser.value(out)) || !save(parser.value(out) + u"/sign-in.md"_s, markdown(f))))
            throw std::runtime_error("the results cannot be written");
        return missed == 0 ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "naru-auth: %s\n", e.what());
        return 2;
    }
}
