// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/Campaign.h"

#include <QElapsedTimer>
#include <QFile>

namespace naru::sim {

using namespace Qt::StringLiterals;

QString CampaignResult::text() const
{
    const double s = std::max(seconds, 0.001);
    return u"%1 seeds, %2 steps, %3 transactions, %4 requests, %5 crashes, %6 store failures in %7 s: %8 seeds/s, %9 steps/s, %10 x real time"_s.arg(seeds)
        .arg(steps)
        .arg(transactions)
        .arg(requests)
        .arg(crashes)
        .arg(failures)
        .arg(s, 0, 'f', 1)
        .arg(seeds / s, 0, 'f', 1)
        .arg(static_cast<double>(steps) / s, 0, 'f', 0)
        .arg(static_cast<double>(simulatedMs) / 1000.0 / s, 0, 'f', 0);
}

CampaignResult runCampaign(SimStore& store, const CampaignOptions& options, const std::function<void(const CampaignResult&)>& progress)
{
    CampaignResult all;
    QElapsedTimer timer;
    timer.start();
    qint64 toldAt = 0;
    for (quint64 seed = options.first; seed <= options.last; ++seed) {
        if (options.seconds > 0 && timer.elapsed() > options.seconds * 1000LL)
            break;
        Verdict v = Simulation(store, seed, options.steps, options.trace).run();
        ++all.seeds;
        all.steps += v.steps;
        all.transactions += v.transactions;
        all.requests += v.requests;
        all.crashes += v.crashes;
        all.failures += v.failures;
        all.simulatedMs += v.simulatedMs;
        all.seconds = static_cast<double>(timer.elapsed()) / 1000.0;
        if (v.ok && options.twiceEvery > 0 && all.seeds % options.twiceEvery == 0 && Simulation(store, seed, options.steps).run().hash != v.hash) {
            v.ok = false;
            v.trouble = u"seed %1 ended differently when it was run again"_s.arg(seed);
        }
        if (!v.ok) {
            all.red = std::move(v);
            break;
        }
        if (progress && timer.elapsed() - toldAt > 5'000) {
            toldAt = timer.elapsed();
            progress(all);
        }
    }
    return all;
}

std::vector<std::pair<quint64, int>> knownSeeds(const QString& file)
{
    std::vector<std::pair<quint64, int>> seeds;
    QFile f(file);
    if (!f.open(QIODevice::ReadOnly))
        return seeds;
    const QStringList lines = QString::fromUtf8(f.readAll()).split(u'\n');
    for (const QString& line : lines) {
        const QStringList words = line.section(u'#', 0, 0).split(u' ', Qt::SkipEmptyParts);
        if (!words.isEmpty())
            seeds.emplace_back(words[0].toULongLong(), words.size() > 1 ? words[1].toInt() : 150);
    }
    return seeds;
}

} // namespace naru::sim
