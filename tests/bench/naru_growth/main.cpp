// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Steps.h"
#include "bench/naru_growth/Table.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <cstdio>

// What a reservation, a cancellation, an expiry, a start cost when there is more of something, in instructions:
//   naru-growth                    sizes that end in some minutes
//   naru-growth --full             larger ones, up to an hour
//   naru-growth --only C1,C6
// Needs valgrind, for C7 also narud. Ends with 1 when a bound is missed.
using namespace naru::bench;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"naru-growth"_s);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() == 6 && args[1] == u"work"_s) // what this program runs under callgrind
        return runStep({args[2], args[3], args[4].toInt(), args[5].toInt()});
    const QCommandLineOption full(u"full"_s, u"Larger sizes."_s);
    const QCommandLineOption only(u"only"_s, u"Rows by comma: C1 C2 C3 C4 C5 C6 C7 C9 C14."_s, u"rows"_s);
    const QCommandLineOption out(u"out"_s, u"Folder for growth.md; without it nothing is written."_s, u"folder"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Counts the instructions of one request at two sizes of everything that must not matter."_s);
    parser.addHelpOption();
    parser.addOptions({full, only, out});
    parser.process(app);
    try {
        const Sizes sizes = parser.isSet(full) ? Sizes::full() : Sizes{};
        const auto rows = Growth(sizes).run(parser.value(only).split(u',', Qt::SkipEmptyParts));
        if (parser.isSet(out)) {
            QDir().mkpath(parser.value(out));
            QSaveFile file(parser.value(out) + u"/growth.md"_s);
            const QByteArray bytes = Growth::text(rows, sizes).toUtf8();
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
                throw std::runtime_error("the table cannot be written");
        }
        return std::all_of(rows.begin(), rows.end(), [](const RowOfTable& r) { return r.met(); }) ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "naru-growth: %s\n", e.what());
        return 2;
    }
}
