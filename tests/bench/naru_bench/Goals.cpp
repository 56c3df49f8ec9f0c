// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Goals.h"

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kTimes = "×";

// What is asked of a layer.
struct Floors {
    double hot64, hot256; // times the textbook
    const char* further64;
    const char* further256;
    double ownWorst; // p99 beside the textbook's p50
    double bestPool, units;
    double sqlite;
    double nodes, nodesTextbook;
    double rate, batchRate; // 0: nothing
};
constexpr Floors kSession{15, 22, "goal 20, stretch 40", "goal 30, stretch 40", 0.3, 10, 4, 10, 0.6, 10, 15'000, 0};
constexpr Floors kProof{8, 10, "", "", 0.5, 4, 2, 4, 0.8, 5, 5'000, 15'000};

class Judge {
public:
    Judge(const Findings& f, std::vector<Goal>& out) : m_f(f), m_out(out) {}
    const Floors& asked() const { return m_f.layer == Layer::Session ? kSession : kProof; }

    // value = above / below, per round of that group; left out when the run has no figures.
    void ratio(const char* id, const char* words, const char* group, const char* above, const char* below, double floor, const char* more = "", bool atLeast = true,
        const Value& of = rateOf, const Value& ofBelow = {})
    {
        const GroupResult* g = m_f.find(QString::fromLatin1(group));
        if (!g)
            return;
        const Ratio r = bench::ratio(*g, QString::fromUtf8(above), QString::fromUtf8(below), of, ofBelow);
        if (!r.rounds.empty())
            m_out.push_back({QString::fromLatin1(id), QString::fromUtf8(words), r.median(), r.low(), r.high(), floor, atLeast, QString::fromUtf8(kTimes), QString::fromUtf8(more)});
    }
    const GroupResult* group(const char* name) const { return m_f.find(QString::fromLatin1(name)); }
    void value(const char* id, const QString& words, double value, double floor, bool atLeast, const char* unit, const char* more = "")
    {
        m_out.push_back({QString::fromLatin1(id), words, value, value, value, floor, atLeast, QString::fromUtf8(unit), QString::fromUtf8(more)});
    }

private:
    const Findings& m_f;
    std::vector<Goal>& m_out;
};

// The pool that served the textbook best, by its median.
QString bestPool(const GroupResult& g, const QString& prefix)
{
    QString best;
    double rate = 0;
    for (const Series& s : g.series) {
        if (s.key.startsWith(prefix) && s.rate() > rate) {
            best = s.key;
            rate = s.rate();
        }
    }
    return best;
}

void contention(Judge& j)
{
    j.ratio("P1", "HTTP on PostgreSQL / textbook, one caller", "one", "pg/1", "textbook/1", 1);
    j.ratio("P1", "HTTP on PostgreSQL / textbook, 64 callers", "hot64", "pg/64", "textbook/64", j.asked().hot64, j.asked().further64);
    j.ratio("P1", "HTTP on PostgreSQL / textbook, 256 callers", "hot256", "pg/256", "textbook/256", j.asked().hot256, j.asked().further256);
    j.ratio("P1", "engine on PostgreSQL / textbook, 64 callers", "hot64", "L1 pg/64", "textbook/64", 50);
    j.ratio("P1", "engine on PostgreSQL / textbook, 256 callers", "hot256", "L1 pg/256", "textbook/256", 80);
    j.ratio("P1", "p99 of the textbook / p99 over HTTP, 64 callers", "hot64", "textbook/64", "pg/64", 25, "", true, p99Of);
    j.ratio("P1", "p99 of the textbook / p99 over HTTP, 256 callers", "hot256", "textbook/256", "pg/256", 25, "", true, p99Of);
    j.ratio("P3", "p99 over HTTP / p50 of the textbook, 64 callers", "hot64", "pg/64", "textbook/64", j.asked().ownWorst, "", false, p99Of, p50Of);
    j.ratio("P3", "p99 of the engine / p50 of the textbook, 64 callers", "hot64", "L1 pg/64", "textbook/64", 0.2, "", false, p99Of, p50Of);
    j.ratio("P8", "HTTP on SQLite / textbook on PostgreSQL, 64 callers", "hot64", "sqlite/64", "textbook/64", j.asked().sqlite);
    j.ratio("P8", "engine on SQLite / textbook on PostgreSQL, 64 callers", "hot64", "L1 sqlite/64", "textbook/64", 30);
    if (const GroupResult* g = j.group("hot256"))
        if (const Series* s = g->find(u"pg/256"_s))
            j.value("P6", u"confirmed reservations of one inventory a second over HTTP, 256 callers"_s, s->rate(), j.asked().rate, true, "/s");
    if (const GroupResult* g = j.group("batches"))
        if (const Series* s = g->find(u"pg batches/16"_s); s && j.asked().batchRate > 0)
            j.value("P6", u"the same, a hundred tickets a request"_s, s->rate(), j.asked().batchRate, true, "/s");
    j.ratio("P5", "HTTP: 1,024 callers / 64 callers", "many", "pg/1024", "pg/64", 0.9);
    j.ratio("P5", "engine: 1,024 callers / 64 callers", "many", "L1 pg/1024", "L1 pg/64", 0.9);
}

void baselines(Judge& j, const Findings& f)
{
    const GroupResult* g = f.find(u"honest"_s);
    if (!g)
        return;
    const QByteArray pool = bestPool(*g, u"pool"_s).toUtf8();
    const QByteArray units = bestPool(*g, u"units"_s).toUtf8();
    const QByteArray over = "HTTP / textbook with its best pool (" + pool + ")";
    const QByteArray engineOver = "engine / textbook with its best pool (" + pool + ")";
    const QByteArray overUnits = "HTTP / one row per unit, SKIP LOCKED (" + units + ")";
    const QByteArray engineUnits = "engine / one row per unit, SKIP LOCKED (" + units + ")";
    j.ratio("P2", over.constData(), "honest", "pg/256", pool.constData(), j.asked().bestPool);
    j.ratio("P2", engineOver.constData(), "honest", "L1 pg/256", pool.constData(), 30);
    j.ratio("P2", overUnits.constData(), "honest", "pg/256", units.constData(), j.asked().units);
    j.ratio("P2", engineUnits.constData(), "honest", "L1 pg/256", units.constData(), 5);
}

void spreadAndNodes(Judge& j, const Findings& f)
{
    if (const GroupResult* g = f.find(u"spread"_s)) {
        for (const auto& [way, floor] : {std::pair(u"pg"_s, 0.95), std::pair(u"L1 pg"_s, 1.0)}) {
            const QString words = (way == u"pg"_s ? u"HTTP"_s : u"engine"_s) + u": one hot inventory / 1,000 inventories, 256 callers"_s;
            for (const Series& s : g->series)
                if (s.key.startsWith(way + u"/256/1"_s) && s.key.endsWith(u"1000 items"_s))
                    j.ratio("P4", words.toUtf8().constData(), "spread", (way + u"/256"_s).toUtf8().constData(), s.key.toUtf8().constData(), floor);
        }
    }
    j.ratio("P9", "HTTP: two nodes / one node", "nodes", "pg×2/256", "pg/256", j.asked().nodes);
    j.ratio("P9", "HTTP: three nodes / one node", "nodes", "pg×3/256", "pg/256", j.asked().nodes);
    j.ratio("P9", "HTTP: three nodes / textbook", "nodes", "pg×3/256", "textbook/256", j.asked().nodesTextbook);
    j.ratio("P9", "engine: three nodes / one node", "nodes", "L1 pg×3/256", "L1 pg/256", 0.6);
    j.ratio("P9", "engine: three nodes / textbook", "nodes", "L1 pg×3/256", "textbook/256", 12);
}

void freeing(Judge& j, const Findings& f)
{
    const GroupResult* hot = f.find(u"hot64"_s);
    const GroupResult* cancel = f.find(u"cancel"_s);
    if (hot && cancel) {
        const double booking = bench::ratio(*hot, u"pg/64"_s, u"textbook/64"_s).median();
        j.ratio("P10", "cancellations over HTTP / textbook cancellations, 64 callers", "cancel", "pg cancels/64", "textbook cancels/64", booking * 0.8,
            "four fifths of the ratio of reservations");
    }
    if (f.release && f.release->trouble.isEmpty()) {
        const double most = static_cast<double>(f.release->during.latency.max()) / 1000;
        j.value("P10", u"longest reservation while %1 holds end at once"_s.arg(f.release->holds), most, 50, false, "ms",
            qPrintable(u"without the release: %1 ms; all free after %2 s"_s.arg(static_cast<double>(f.release->before.latency.max()) / 1000, 0, 'f', 1).arg(f.release->releaseSeconds, 0, 'f', 2)));
    }
    for (const Scarce& s : f.scarce) {
        const QString words = u"%1 contenders for %2 places, %3/s on "_s.arg(s.contenders).arg(World::kScarce).arg(s.perSecond, 0, 'f', 0) + s.measured.side;
        j.value("P11", words + u": win"_s, static_cast<double>(s.measured.granted), World::kScarce, true, "", qPrintable(u"exactly; refused with a reason: %1, failed: %2"_s.arg(s.measured.refused).arg(s.measured.failed)));
        j.value("P11", words + u": p99 of the definite answer"_s, static_cast<double>(s.measured.latency.quantile(.99)) / 1000, 50, false, "ms", "the answer is at once the acceptance (50 ms) and definite (250 ms)");
    }
}

} // namespace

const GroupResult* Findings::find(const QString& name) const
{
    const auto it = std::find_if(groups.begin(), groups.end(), [&](const GroupResult& g) { return g.name == name; });
    return it == groups.end() ? nullptr : &*it;
}

std::vector<Goal> goals(const Findings& f)
{
    std::vector<Goal> out;
    Judge judge(f, out);
    contention(judge);
    baselines(judge, f);
    spreadAndNodes(judge, f);
    freeing(judge, f);
    std::stable_sort(out.begin(), out.end(), [](const Goal& a, const Goal& b) { return a.id.mid(1).toInt() < b.id.mid(1).toInt(); });
    return out;
}

} // namespace naru::bench
