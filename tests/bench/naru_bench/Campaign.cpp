// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Campaign.h"

#include <cstdio>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

double middle(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

void tell(const QString& key, const Measured& m)
{
    std::printf("  %-22s %9.0f/s  p50 %8.2f  p99 %8.2f  p99.9 %8.2f ms  cpu µs: server %5.0f db %5.0f driver %4.1f  others %2.0f %%  %s\n", qPrintable(key), m.rate,
        static_cast<double>(m.latency.quantile(.5)) / 1000, static_cast<double>(m.latency.quantile(.99)) / 1000, static_cast<double>(m.latency.quantile(.999)) / 1000,
        m.serverUs, m.databaseUs, m.driverUs, (m.foreign + m.stolen) * 100, qPrintable(m.trouble));
    std::fflush(stdout);
}

using Store = Lab::Store;
using Ask = Lab::Ask;

// The ways of booking, under the names that goals and reports use.
class Ways {
public:
    explicit Ways(Lab& lab) : m_lab(lab) {}
    Side textbook(int callers, int items = 1) const
    {
        return {named(u"textbook"_s, callers, items), [&lab = m_lab, callers, items] {
            return lab.textbook(Textbook::Kind::Reserve, {callers, items}, std::min(callers, 64));
        }};
    }
    Side pool(int connections, int callers) const
    {
        return {u"pool%1/%2"_s.arg(connections).arg(callers), [&lab = m_lab, connections, callers] {
            return lab.textbook(Textbook::Kind::Reserve, {callers, 1}, connections);
        }};
    }
    Side units(int connections, int callers) const
    {
        return {u"units%1/%2"_s.arg(connections).arg(callers), [&lab = m_lab, connections, callers] {
            return lab.textbook(Textbook::Kind::SkipLocked, {callers, 1}, connections);
        }};
    }
    Side http(Store store, int callers, int items = 1, int nodes = 1) const
    {
        return {named((store == Store::Postgres ? u"pg"_s : u"sqlite"_s) + (nodes > 1 ? u"×%1"_s.arg(nodes) : QString()), callers, items),
            [&lab = m_lab, store, callers, items, nodes] { return lab.http(store, nodes, {callers, items}); }};
    }
    Side engine(Store store, int callers, int items = 1, int nodes = 1) const
    {
        return {named((store == Store::Postgres ? u"L1 pg"_s : u"L1 sqlite"_s) + (nodes > 1 ? u"×%1"_s.arg(nodes) : QString()), callers, items),
            [&lab = m_lab, store, callers, items, nodes] { return lab.engine(store, nodes, {callers, items}); }};
    }

    // Of so many bookings a transaction.
    Side rows(Store store, RowShape shape, int perCommit) const
    {
        const QString way = (shape == RowShape::Naru ? u"rows "_s : u"fewest "_s) + (store == Store::Postgres ? u"pg"_s : u"sqlite"_s);
        return {named(way, perCommit, 1), [&lab = m_lab, store, shape, perCommit] { return lab.rowsAlone(store, shape, perCommit); }};
    }
    Side batches(Store store, int callers) const
    {
        return {u"%1 batches/%2"_s.arg(store == Store::Postgres ? u"pg"_s : u"sqlite"_s).arg(callers), [&lab = m_lab, store, callers] { return lab.http(store, 1, {callers, 1, true}); }};
    }

private:
    static QString named(const QString& way, int callers, int items)
    {
        return u"%1/%2"_s.arg(way).arg(callers) + (items > 1 ? u"/%1 items"_s.arg(items) : QString());
    }
    Lab& m_lab;
};

} // namespace

Histogram Series::latency() const
{
    Histogram all;
    for (const Measured& m : runs)
        all.add(m.latency);
    return all;
}

double Series::rate() const { return median(&Measured::rate).value_or(0); }

std::optional<double> Series::median(double Measured::*what) const
{
    std::vector<double> values;
    for (const Measured& m : runs)
        values.push_back(m.*what);
    return values.empty() ? std::nullopt : std::optional(middle(values));
}

double Ratio::median() const { return middle(rounds); }
double Ratio::low() const { return rounds.empty() ? 0 : *std::min_element(rounds.begin(), rounds.end()); }
double Ratio::high() const { return rounds.empty() ? 0 : *std::max_element(rounds.begin(), rounds.end()); }

const Series* GroupResult::find(const QString& key) const
{
    const auto it = std::find_if(series.begin(), series.end(), [&](const Series& s) { return s.key == key; });
    return it == series.end() ? nullptr : &*it;
}

// True when the machine was ours all the time.
bool Campaign::round(const Group& group, GroupResult& result, bool backwards)
{
    bool quiet = true;
    std::vector<double> work;
    for (std::size_t n = 0; n < group.sides.size(); ++n) {
        const std::size_t i = backwards ? group.sides.size() - 1 - n : n;
        Measured m = group.sides[i].measure();
        tell(group.sides[i].key, m);
        work.push_back(m.fixedWorkMs);
        quiet = quiet && m.foreign + m.stolen <= kForeign;
        if (!m.trouble.isEmpty()) {
            result.sound = false;
            result.notes << group.sides[i].key + u": "_s + m.trouble;
        }
        result.series[i].runs.push_back(std::move(m));
    }
    const auto [low, high] = std::minmax_element(work.begin(), work.end());
    return quiet && *high <= 1.15 * *low;
}

GroupResult Campaign::run(const Group& group)
{
    std::printf("%s\n", qPrintable(group.title));
    GroupResult result;
    result.name = group.name;
    result.title = group.title;
    for (const Side& side : group.sides)
        result.series.push_back({side.key, {}});
    m_lab.reset();
    result.syncBefore = syncLatency(m_lab.folder(), 200);
    int again = 0;
    for (int r = 0; r < group.rounds; ++r) {
        if (round(group, result, r % 2 == 1) || !m_repeat || again >= 2)
            continue;
        ++again;
        QStringList was;
        for (const Series& s : result.series)
            was << u"%1 %2/s"_s.arg(s.key).arg(s.runs.back().rate, 0, 'f', 0);
        result.notes << u"round %1 was measured again because others used the machine; it had: %2"_s.arg(r + 1).arg(was.join(u", "_s));
        for (Series& s : result.series)
            s.runs.pop_back();
        --r;
    }
    result.syncAfter = syncLatency(m_lab.folder(), 200);
    for (const Store store : {Store::Postgres, Store::Sqlite}) {
        if (const QString broken = m_lab.checkCounters(store); !broken.isEmpty()) {
            result.sound = false;
            result.notes << broken;
        }
    }
    return result;
}

double rateOf(const Measured& m) { return m.rate; }
double p50Of(const Measured& m) { return static_cast<double>(m.latency.quantile(.5)); }
double p99Of(const Measured& m) { return static_cast<double>(m.latency.quantile(.99)); }

Ratio ratio(const GroupResult& in, const QString& above, const QString& below, const Value& of, const Value& ofBelow)
{
    Ratio out;
    const Series* a = in.find(above);
    const Series* b = in.find(below);
    if (!a || !b)
        return out;
    for (std::size_t r = 0; r < std::min(a->runs.size(), b->runs.size()); ++r)
        if (const double under = (ofBelow ? ofBelow : of)(b->runs[r]); under > 0)
            out.rounds.push_back(of(a->runs[r]) / under);
    return out;
}

std::vector<Group> groups(Lab& lab, int pairs)
{
    const Ways w(lab);
    const int few = std::max(1, pairs / 2);
    const int thousand = std::min(1000, lab.options().items);
    const int all = lab.options().items;
    return {
        {u"one"_s, u"One hot inventory, one caller"_s, pairs, {w.textbook(1), w.http(Store::Postgres, 1), w.engine(Store::Postgres, 1), w.http(Store::Sqlite, 1)}},
        {u"hot64"_s, u"One hot inventory, 64 callers"_s, pairs,
            {w.textbook(64), w.http(Store::Postgres, 64), w.engine(Store::Postgres, 64), w.http(Store::Sqlite, 64), w.engine(Store::Sqlite, 64), w.http(Store::Postgres, 64, 1, 2)}},
        {u"hot256"_s, u"One hot inventory, 256 callers"_s, pairs,
            {w.textbook(256), w.http(Store::Postgres, 256), w.engine(Store::Postgres, 256), w.http(Store::Sqlite, 256), w.http(Store::Postgres, 256, 1, 2)}},
        {u"batches"_s, u"One hot inventory, a hundred tickets a request, 16 callers"_s, few,
            {w.http(Store::Postgres, 256), w.batches(Store::Postgres, 16), w.batches(Store::Sqlite, 16), w.engine(Store::Postgres, 1024)}},
        {u"few"_s, u"One hot inventory, 8 and 32 callers"_s, few,
            {w.textbook(8), w.http(Store::Postgres, 8), w.http(Store::Sqlite, 8), w.textbook(32), w.http(Store::Postgres, 32), w.http(Store::Sqlite, 32)}},
        {u"many"_s, u"One hot inventory, from 64 to 1,024 callers"_s, few,
            {w.http(Store::Postgres, 64), w.http(Store::Postgres, 1024), w.engine(Store::Postgres, 64), w.engine(Store::Postgres, 1024), w.http(Store::Sqlite, 1024)}},
        {u"honest"_s, u"The best pool and one row per unit, 256 callers"_s, few,
            {w.pool(1, 256), w.pool(2, 256), w.pool(4, 256), w.pool(8, 256), w.pool(16, 256), w.pool(64, 256), w.units(8, 256), w.units(64, 256),
                w.http(Store::Postgres, 256), w.engine(Store::Postgres, 256)}},
        {u"limit"_s, u"The rows alone, and the fewest there can be: so many bookings a transaction, nobody asks or decides"_s, few,
            {w.textbook(1), w.textbook(64), w.pool(1, 256), w.rows(Store::Postgres, RowShape::Naru, 1), w.rows(Store::Postgres, RowShape::Naru, 32),
                w.rows(Store::Postgres, RowShape::Naru, 128), w.rows(Store::Postgres, RowShape::Fewest, 1), w.rows(Store::Postgres, RowShape::Fewest, 32),
                w.rows(Store::Postgres, RowShape::Fewest, 128), w.rows(Store::Sqlite, RowShape::Naru, 32), w.rows(Store::Sqlite, RowShape::Fewest, 32)}},
        {u"spread"_s, u"Many inventories, evenly"_s, few,
            {w.http(Store::Postgres, 256), w.http(Store::Postgres, 256, thousand), w.engine(Store::Postgres, 256), w.engine(Store::Postgres, 256, thousand),
                w.textbook(64, all), w.http(Store::Postgres, 64, all), w.textbook(256, all), w.http(Store::Postgres, 256, all), w.http(Store::Sqlite, 256, all)}},
        {u"nodes"_s, u"Several nodes on one hot inventory, 256 callers in all"_s, few,
            {w.textbook(256), w.http(Store::Postgres, 256), w.http(Store::Postgres, 256, 1, 2), w.http(Store::Postgres, 256, 1, 3), w.engine(Store::Postgres, 256),
                w.engine(Store::Postgres, 256, 1, 2), w.engine(Store::Postgres, 256, 1, 3)}},
    };
}

} // namespace naru::bench
