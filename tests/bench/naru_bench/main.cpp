// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Report.h"
#include "bench/naru_bench/Scenarios.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <cstdio>

// How many reservations a second, how quickly, and beside what: one command, one run, one PostgreSQL of its own.
//   naru-bench                       the whole programme, about half an hour
//   naru-bench --quick               everything once and short, some minutes: shows that it works, not how fast it is
//   naru-bench --only hot64,hot256   parts of it
// Needs narud built (release) and Debian's postgresql-15. Ends with 1 when figures are void or a floor is missed.
using namespace naru::bench;
using namespace Qt::StringLiterals;

namespace {

struct Wanted {
    QStringList only;
    int pairs = 6;
    double seconds = 4;
    bool quick = false;
    QString out;
    Layer layer = Layer::Proof;
    bool has(const QString& name) const { return only.isEmpty() || only.contains(name); }
};

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

void scenarios(Lab& lab, const Wanted& wanted, Findings& f)
{
    if (wanted.has(u"open"_s)) {
        lab.reset();
        for (const auto store : {Lab::Store::Postgres, Lab::Store::Sqlite}) {
            for (const double rate : {1000.0, 4000.0}) {
                f.open.push_back(openLoop(lab, store, rate, wanted.quick ? 2 : 8));
                const Measured& m = f.open.back().measured;
                say(u"open loop on %1 at %2/s: p50 %3 p99 %4 max %5 ms, late p99 %6 ms %7"_s.arg(f.open.back().side).arg(rate).arg(m.latency.quantile(.5) / 1000.0)
                        .arg(m.latency.quantile(.99) / 1000.0).arg(m.latency.max() / 1000.0).arg(m.lateness.quantile(.99) / 1000.0).arg(m.trouble));
            }
        }
    }
    if (wanted.has(u"release"_s)) {
        lab.reset();
        f.release = releaseAtOnce(lab, wanted.quick ? 2'000 : 10'000, 500, wanted.quick ? 4 : 8);
        say(u"release of %1 holds: %2 s; longest reservation %3 ms (without: %4 ms) %5"_s.arg(f.release->holds).arg(f.release->releaseSeconds)
                .arg(f.release->during.latency.max() / 1000.0).arg(f.release->before.latency.max() / 1000.0).arg(f.release->trouble));
    }
    if (wanted.has(u"scarce"_s)) {
        lab.reset();
        for (const auto store : {Lab::Store::Postgres, Lab::Store::Sqlite}) {
            f.scarce.push_back(scarce(lab, store, wanted.quick ? 2'000 : 10'000, wanted.quick ? 2'000 : 5'000));
            Measured& m = f.scarce.back().measured;
            m.side = store == Lab::Store::Postgres ? u"PostgreSQL"_s : u"SQLite"_s;
            say(u"%1 contenders on %2: %3 win, %4 are refused, %5 fail; p99 %6 ms %7"_s.arg(f.scarce.back().contenders).arg(m.side).arg(m.granted).arg(m.refused).arg(m.failed)
                    .arg(m.latency.quantile(.99) / 1000.0).arg(m.trouble));
        }
    }
}

Findings measure(const Wanted& wanted, const QString& folder)
{
    Lab::Options options;
    options.seconds = wanted.seconds;
    options.warmUp = wanted.quick ? 0.5 : 1.5;
    options.items = wanted.quick ? 2'000 : 10'000;
    options.folder = folder;
    options.layer = wanted.layer;
    Findings f;
    f.layer = wanted.layer;
    f.machine = machineText();
    say(f.machine);
    Lab lab(options);
    f.settings = lab.settings();
    f.how = u"%1 rounds in the main tables, half of that in the others, windows of %2 s after a warm-up, %3 inventories"_s.arg(wanted.pairs).arg(wanted.seconds).arg(options.items)
        + (wanted.quick ? u"; **a quick run: it shows that everything works, not how fast it is**"_s : QString());
    say(f.settings);
    f.honesty = proveGenerator(lab, wanted.quick ? 4 : 8);
    say(u"the generator on a server stopped 200 ms each second: p90 %1 ms, p99 %2 ms, late p99 %3 ms"_s.arg(f.honesty.latency.quantile(.9) / 1000.0)
            .arg(f.honesty.latency.quantile(.99) / 1000.0).arg(f.honesty.lateness.quantile(.99) / 1000.0));
    if (!f.honesty.honest())
        throw std::runtime_error("the generator does not see what callers would see (p90 must be 90 ms or more, p99 180 ms or more): no figure of this run could be trusted");
    std::vector<Group> all = groups(lab, wanted.pairs);
    all.push_back(cancellations(lab, std::max(1, wanted.pairs / 2)));
    for (const Group& group : all)
        if (wanted.has(group.name))
            f.groups.push_back(Campaign(lab, !wanted.quick).run(group));
    scenarios(lab, wanted, f);
    f.checked = true;
    for (const auto store : {Lab::Store::Postgres, Lab::Store::Sqlite})
        if (const QString broken = lab.checkAll(store); !broken.isEmpty())
            f.checks << broken;
    return f;
}

int verdict(const Findings& f)
{
    int missed = 0;
    for (const Goal& g : goals(f)) {
        say(u"%1 %2 %3: %4 %5 (%6–%7), asked %8 %9 %10"_s.arg(g.met() ? u"met   "_s : u"MISSED"_s, g.id, g.words).arg(g.value, 0, 'f', 2).arg(g.unit).arg(g.low, 0, 'f', 2)
                .arg(g.high, 0, 'f', 2).arg(g.atLeast ? u"≥"_s : u"≤"_s).arg(g.floor, 0, 'f', 2).arg(g.more));
        missed += g.met() ? 0 : 1;
    }
    bool sound = f.checks.isEmpty();
    for (const GroupResult& g : f.groups) {
        sound = sound && g.sound;
        for (const QString& note : g.notes)
            say(g.name + u": "_s + note);
    }
    for (const QString& broken : f.checks)
        say(broken);
    return sound && missed == 0 ? 0 : 1;
}

Wanted readArguments(QCommandLineParser& parser)
{
    const QCommandLineOption quick(u"quick"_s, u"Everything once and short."_s);
    const QCommandLineOption only(u"only"_s, u"Parts, by comma: one hot64 hot256 batches few many honest limit spread nodes cancel open release scarce."_s, u"parts"_s);
    const QCommandLineOption pairs(u"pairs"_s, u"Rounds of the main tables (6)."_s, u"n"_s);
    const QCommandLineOption seconds(u"seconds"_s, u"Window of one measurement (4)."_s, u"s"_s);
    const QCommandLineOption out(u"out"_s, u"Folder for the page and its chart (contention, or reservations of the layer session); without it nothing is written."_s, u"folder"_s);
    const QCommandLineOption layer(u"layer"_s, u"What is checked of each request over HTTP: proof (the default), or session, without proofs, which needs a narud with failpoints."_s, u"name"_s, u"proof"_s);
    const QCommandLineOption folder(u"folder"_s, u"Where the databases lie, on the disk to measure (a temporary folder)."_s, u"folder"_s);
    parser.setApplicationDescription(u"Measures reservations beside the textbook transaction on one PostgreSQL, in one run."_s);
    parser.addHelpOption();
    parser.addOptions({quick, only, pairs, seconds, layer, out, folder});
    parser.process(*QCoreApplication::instance());
    Wanted w;
    w.quick = parser.isSet(quick);
    if (w.quick) {
        w.pairs = 1;
        w.seconds = 1;
    }
    if (parser.isSet(only))
        w.only = parser.value(only).split(u',', Qt::SkipEmptyParts);
    if (parser.isSet(pairs))
        w.pairs = parser.value(pairs).toInt();
    if (parser.isSet(seconds))
        w.seconds = parser.value(seconds).toDouble();
    w.out = parser.value(out);
    w.layer = parser.value(layer) == u"session"_s ? Layer::Session : Layer::Proof;
    if (w.pairs < 1 || w.seconds < 0.2 || (parser.value(layer) != u"session"_s && parser.value(layer) != u"proof"_s))
        parser.showHelp(2);
    return w;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"naru-bench"_s);
    QCommandLineParser parser;
    const Wanted wanted = readArguments(parser);
    try {
        const Findings f = measure(wanted, parser.value(u"folder"_s));
        const int result = verdict(f);
        if (!wanted.out.isEmpty()) {
            QDir().mkpath(wanted.out);
            const QString title = u"Reservations per second on one hot inventory"_s;
            const QString page = wanted.out + u'/' + pageName(f.layer);
            if (!save(page + u".md"_s, markdown(f)) || !save(page + u".svg"_s, chart(title, throughputLines(f))))
                throw std::runtime_error("the results cannot be written to " + wanted.out.toStdString());
            say(u"written: %1.md and %1.svg"_s.arg(page));
        }
        return result;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "naru-bench: %s\n", e.what());
        return 2;
    }
}
