// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Failpoint.h"
#include "sim/Campaign.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <cstdio>

// naru-sim --seeds 1..100000 --steps 150 --seconds 3600
// naru-sim --seed 4711 --steps 150 --trace
int main(int argc, char** argv)
{
    using namespace Qt::StringLiterals;
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Plays drawn worlds against the reservation engine: one thread, simulated time, faults; the same seed is the same run."_s);
    parser.addHelpOption();
    parser.addOptions({{u"seeds"_s, u"Seeds to run."_s, u"A..B"_s, u"1..200"_s}, {u"seed"_s, u"One seed."_s, u"N"_s}, {u"steps"_s, u"Steps of each seed."_s, u"N"_s, u"150"_s},
        {u"seconds"_s, u"Stop after this time."_s, u"S"_s, u"0"_s}, {u"trace"_s, u"Print every step."_s},
        {u"failpoints"_s, u"Comma-separated, as for narud: mutant.3=on seeds a defect."_s, u"list"_s}});
    parser.process(app);

    naru::sim::CampaignOptions options;
    const QStringList range = (parser.isSet(u"seed"_s) ? parser.value(u"seed"_s) + u".."_s + parser.value(u"seed"_s) : parser.value(u"seeds"_s)).split(u".."_s);
    bool first = false;
    bool last = false;
    bool steps = false;
    bool seconds = false;
    options.first = range.value(0).toULongLong(&first);
    options.last = range.value(range.size() - 1).toULongLong(&last);
    options.steps = parser.value(u"steps"_s).toInt(&steps);
    options.seconds = parser.value(u"seconds"_s).toInt(&seconds);
    options.trace = parser.isSet(u"trace"_s);
    if (!first || !last || !steps || !seconds || options.first > options.last || options.steps < 1 || options.seconds < 0) {
        std::fprintf(stderr, "naru-sim: seeds are written A..B, steps and seconds are numbers\n");
        return 2;
    }
#ifdef NARU_FAILPOINTS
    for (const QString& spec : parser.value(u"failpoints"_s).split(u',', Qt::SkipEmptyParts)) {
        const QString trouble = naru::server::armFailpoint(spec);
        if (!trouble.isEmpty()) {
            std::fprintf(stderr, "naru-sim: %s\n", qPrintable(trouble));
            return 2;
        }
    }
#endif
    naru::sim::SimStore store;
    const auto tell = [](const naru::sim::CampaignResult& so) {
        std::printf("%s\n", qPrintable(so.text()));
        std::fflush(stdout);
    };
    const naru::sim::CampaignResult result = runCampaign(store, options, tell);
    tell(result);
    if (!result.red)
        return 0;
    std::printf("%s\n", qPrintable(result.red->trouble));
    return 1;
}
