// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Growth.h"

#include "bench/naru_growth/Bench.h"
#include "bench/naru_growth/Bytes.h"
#include "bench/naru_growth/Counter.h"
#include "bench/naru_growth/FanOut.h"
#include "bench/naru_growth/Restart.h"

#include <QStandardPaths>
#include <cstdio>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QString sizesText(const char* what, double few, double many)
{
    return QString::fromUtf8(what) + u' ' + grouped(few) + u" → "_s + grouped(many);
}

} // namespace

Growth::Growth(const Sizes& sizes, const QString& keptStores) : m_sizes(sizes), m_stores(keptStores)
{
    if (QStandardPaths::findExecutable(u"valgrind"_s).isEmpty())
        throw std::runtime_error("valgrind is not installed");
}

const std::vector<Growth::Measure>& Growth::measures()
{
    static const std::vector<Measure> all{{"C1", &Growth::inventories}, {"C2", &Growth::waiting}, {"C3", &Growth::consoles}, {"C4", &Growth::history}, {"C5", &Growth::endings},
        {"C6", &Growth::lines}, {"C7", &Growth::fanOut}, {"C9", &Growth::restart}, {"C14", &Growth::bytes}};
    return all;
}

QStringList Growth::ids()
{
    QStringList out;
    for (const Measure& m : measures())
        out << QString::fromLatin1(m.id);
    return out;
}

void Growth::measure(const QString& id)
{
    for (const Measure& m : measures())
        if (id == QLatin1StringView(m.id))
            (this->*m.run)();
}

// From the same store twice, so that all that happens once cancels.
double Growth::each(const QString& step, const Contents& c, int param)
{
    const QString key = u"%1 %2 %3 %4 %5"_s.arg(step).arg(c.items).arg(c.reservations).arg(c.holds).arg(param);
    if (const auto it = m_known.find(key); it != m_known.end())
        return it->second;
    const auto count = [&](int ops) { return countInstructions(step, m_stores.copyOf(c).file(), param, ops); };
    const double few = count(m_sizes.opsFew);
    return m_known[key] = (count(m_sizes.opsMany) - few) / (m_sizes.opsMany - m_sizes.opsFew);
}

void Growth::compare(const char* id, const QString& costOf, const QString& sizes, double few, double many, double bound, const QString& unit,
    const QString& note)
{
    m_rows.push_back({QString::fromLatin1(id), costOf, sizes, unit, few, many, bound, note});
    std::printf("%s\n", qPrintable(lineOf(m_rows.back())));
    std::fflush(stdout);
}

void Growth::limit(const char* id, const QString& costOf, const QString& what, double measured, double most, const QString& unit, const QString& note)
{
    compare(id, costOf, what, 0, measured, most, unit, note);
}

void Growth::inventories()
{
    compare("C1", u"a reservation"_s, sizesText("inventories", m_sizes.itemsFew, m_sizes.itemsMany), each(u"book"_s, {m_sizes.itemsFew}), each(u"book"_s, {m_sizes.itemsMany}), 1.10);
}

void Growth::waiting()
{
    const Contents few{m_sizes.itemsFew};
    compare("C2", u"a reservation"_s, sizesText("requests waiting", 1, m_sizes.depth), each(u"depth"_s, few, 1), each(u"depth"_s, few, m_sizes.depth), 1.10);
    // Both with a past, as for C5: in an empty store every tree is shallow, whatever will stand in it.
    const int past = m_sizes.historyShort;
    compare("C2", u"a reservation"_s, sizesText("open holds", 0, m_sizes.holdsMany), each(u"book"_s, {m_sizes.itemsFew, past}),
        each(u"book"_s, {m_sizes.itemsFew, past, m_sizes.holdsMany}), 1.10);
}

void Growth::consoles()
{
    const Contents few{m_sizes.itemsFew};
    compare("C3", u"a reservation"_s, sizesText("consoles", 0, m_sizes.consoles), each(u"consoles"_s, few, 0), each(u"consoles"_s, few, m_sizes.consoles), 1.02);
}

void Growth::history()
{
    compare("C4", u"a reservation"_s, sizesText("reservations before", m_sizes.historyShort, m_sizes.historyLong), each(u"book"_s, {m_sizes.itemsFew, m_sizes.historyShort}),
        each(u"book"_s, {m_sizes.itemsFew, m_sizes.historyLong}), 1.20);
}

void Growth::endings()
{
    const int holds = m_sizes.holdsFew;
    const int past = m_sizes.historyShort;
    const auto both = [&](const QString& what, const char* step, const QString& sizes, const Contents& few, const Contents& many) {
        compare("C5", what, sizes, each(QString::fromLatin1(step), few), each(QString::fromLatin1(step), many), 1.20);
    };
    const QString depth = sizesText("open holds", holds, m_sizes.holdsMany);
    const QString history = sizesText("reservations before", past, m_sizes.historyLong);
    const Contents shallow{m_sizes.itemsFew, past, holds};
    const Contents deep{m_sizes.itemsFew, past, m_sizes.holdsMany};
    const Contents old{m_sizes.itemsFew, m_sizes.historyLong, holds};
    both(u"a cancellation"_s, "cancel", depth, shallow, deep);
    both(u"an expiry"_s, "expire", depth, shallow, deep);
    both(u"a cancellation"_s, "cancel", history, shallow, old);
    both(u"an expiry"_s, "expire", history, shallow, old);
}

void Growth::lines()
{
    const Contents few{m_sizes.itemsFew};
    compare("C6", u"a reservation of L lines"_s, u"L 1 → %1 (%1 times one, and a tenth)"_s.arg(m_sizes.lines), each(u"lines"_s, few, 1), each(u"lines"_s, few, m_sizes.lines),
        m_sizes.lines * 1.10);
}

void Growth::fanOut()
{
    const auto measured = [&](double perSecond) { return streamWrites(m_stores.copyOf({m_sizes.itemsFew}).folder(), perSecond, m_sizes.fanOutSeconds); };
    const FanOut slow = measured(m_sizes.slow);
    const FanOut fast = measured(0);
    compare("C7", u"writes to one console in a second"_s, sizesText("reservations a second", slow.reservationsPerSecond, fast.reservationsPerSecond), slow.writesPerSecond,
        fast.writesPerSecond, 1.20, u"writes"_s, u"the most this machine makes over HTTP; kB a second to the console: %1, %2"_s.arg(grouped(slow.bytesPerSecond / 1e3), grouped(fast.bytesPerSecond / 1e3)));
}

void Growth::restart()
{
    const Contents small{m_sizes.itemsFew, m_sizes.restartSmall};
    const Contents large{m_sizes.itemsFew, m_sizes.restartLarge};
    const QString sizes = sizesText("reservations", m_sizes.restartSmall, m_sizes.restartLarge);
    const Stores::Copy smallCopy = m_stores.copyOf(small);
    const Stores::Copy largeCopy = m_stores.copyOf(large);
    for (const Stores::Copy* copy : {&smallCopy, &largeCopy})
        runNatively(u"abandon"_s, copy->file(), kLeftInLog);
    const Starts times = startInTurns(smallCopy.folder(), largeCopy.folder(), m_sizes.starts); // killed before they write: what is counted next starts from the same
    const auto instructions = [](const Stores::Copy& copy) {
        return countInstructions(u"start"_s, copy.file(), 0, 0, Threads::All) - countInstructions(u"nothing"_s, copy.file(), 0, 0, Threads::All);
    };
    const double few = instructions(smallCopy);
    compare("C9", u"a start after kill -9"_s, sizes, few, instructions(largeCopy), 1.20);
    compare("C9", u"a start after kill -9"_s, sizes, times.small, times.large, 1.20, u"ms"_s);
    limit("C9", u"a start after kill -9"_s, u"%1 reservations before"_s.arg(grouped(m_sizes.restartLarge)), times.large, 2000, u"ms"_s);
}

void Growth::bytes()
{
    for (const int spread : {static_cast<int>(Bench::kSpread), 1}) {
        const Stores::Copy copy = m_stores.copyOf({m_sizes.itemsFew});
        const StoreBytes before = bytesOf(copy.file());
        runNatively(u"book"_s, copy.file(), spread, m_sizes.written);
        runNatively(u"settle"_s, copy.file());
        const StoreBytes after = bytesOf(copy.file());
        const auto each = [&](double b, double a) { return (a - b) / m_sizes.written; };
        const QString where = spread == 1 ? u"%1, all on one inventory"_s : u"%1, on 64 inventories, 64 in a commit"_s;
        const QString parts = u"outbox %1, journal (audit trail and moves) %2, all other tables %3"_s.arg(grouped(each(before.outbox, after.outbox)), grouped(each(before.journal, after.journal)),
            grouped(each(before.rest(), after.rest())));
        const auto lasting = [](const StoreBytes& b) { return b.all - b.outbox; };
        limit("C14", u"a reservation on disk, but its events, which are trimmed after a week"_s, where.arg(grouped(m_sizes.written)), each(lasting(before), lasting(after)), 1500,
            u"bytes"_s, parts);
    }
}

} // namespace naru::bench
