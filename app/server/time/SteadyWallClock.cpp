// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/time/SteadyWallClock.h"

#include "server/store/Failpoint.h"

#include <QLoggingCategory>
#include <QStringList>

#include <algorithm>
#include <limits>
#include <thread>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcClock, "naru.server.clock")

constexpr Millis kTellEvery{60'000};

// "1 d 2 h", "1 h", "3 min 20 s": the two largest units that say something.
QString duration(std::int64_t ms)
{
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    static constexpr Unit units[] = {{86'400, "d"}, {3'600, "h"}, {60, "min"}, {1, "s"}};
    std::int64_t left = (std::abs(ms) + 500) / 1000;
    QStringList words;
    for (const Unit& unit : units) {
        const std::int64_t n = left / unit.seconds;
        left %= unit.seconds;
        if (n == 0 && !words.isEmpty())
            break;
        if (n > 0 && words.size() < 2)
            words << u"%1 %2"_s.arg(n).arg(QLatin1StringView(unit.name));
    }
    return words.isEmpty() ? u"0 s"_s : words.join(u' ');
}

} // namespace

std::int64_t SteadyWallClock::Line::madeUp(std::int64_t at) const
{
    const std::int64_t most = std::max<std::int64_t>(at - steady, 0) / kPart;
    return std::clamp(owed, -most, most);
}

SteadyWallClock::SteadyWallClock(const Clock& machine, Told told)
    : m_machine(machine), m_told(told ? std::move(told) : [](const QString& sentence) { qCWarning(lcClock, "%s", qUtf8Printable(sentence)); }),
      m_latest(std::numeric_limits<std::int64_t>::min())
{
    begin({}, {});
}

void SteadyWallClock::begin(const std::optional<ClockReading>& database, const std::optional<Instant>& newest)
{
    const std::lock_guard guard(m_lock);
    const std::int64_t at = m_machine.steady().count();
    const std::int64_t machine = toUnixMs(m_machine.now());
    const std::int64_t wall = database ? toUnixMs(database->wall) + at - database->at.count() : machine;
    const std::int64_t first = newest ? std::max(wall, toUnixMs(*newest)) : wall;
    m_ofDatabase = database.has_value();
    m_toldAt.reset();
    m_nextLook = m_ofDatabase ? std::numeric_limits<std::int64_t>::max() : at + kLookEvery.count();
    publish({at, first, wall - first});
    m_latest = first;
    if (m_ofDatabase && std::abs(machine - wall) > kStep.count())
        m_told(u"The clock of this machine is %1 %2 the database's. The database's time counts."_s.arg(duration(machine - wall), machine > wall ? u"ahead of"_s : u"behind"_s));
    if (first - wall > kStep.count())
        m_told(u"%1 says %2, but the store has changes of %3 later. Time goes on from the last change, so that holds and sessions end when they should; it runs a "
               "twenty-fifth slower until the clock agrees, for about %4. If the store's times are the wrong ones, start once with --trust-clock."_s
                   .arg(whose(), toRfc3339(fromUnixMs(wall)), duration(first - wall), duration((first - wall) * kPart)));
}

QString SteadyWallClock::whose() const { return m_ofDatabase ? u"The database's clock"_s : u"The clock of this machine"_s; }

SteadyWallClock::Line SteadyWallClock::line() const
{
    for (;;) {
        const std::uint32_t before = m_round.load(std::memory_order_acquire);
        const Line l{m_steady.load(std::memory_order_acquire), m_wall.load(std::memory_order_acquire), m_owed.load(std::memory_order_acquire)};
        if (before % 2 == 0 && m_round.load(std::memory_order_relaxed) == before)
            return l;
        std::this_thread::yield(); // three stores, and then it is whole
    }
}

void SteadyWallClock::publish(const Line& l) const
{
    const std::uint32_t round = m_round.load(std::memory_order_relaxed);
    m_round.store(round + 1, std::memory_order_relaxed);
    m_steady.store(l.steady, std::memory_order_release);
    m_wall.store(l.wall, std::memory_order_release);
    m_owed.store(l.owed, std::memory_order_release);
    m_round.store(round + 2, std::memory_order_release);
}

Instant SteadyWallClock::now() const
{
    if (NARU_MUTATED(9))
        return m_machine.now();
    const std::int64_t at = m_machine.steady().count();
    if (at >= m_nextLook.load(std::memory_order_relaxed))
        lookAtMachine(at);
    const std::int64_t t = line().value(at);
    std::int64_t latest = m_latest.load(std::memory_order_relaxed);
    while (t > latest && !m_latest.compare_exchange_weak(latest, t, std::memory_order_relaxed)) { }
    return fromUnixMs(std::max(t, latest));
}

Millis SteadyWallClock::owed() const
{
    const Line l = line();
    return Millis(l.owed - l.madeUp(m_machine.steady().count()));
}

void SteadyWallClock::lookAtMachine(std::int64_t now) const
{
    std::int64_t due = m_nextLook.load(std::memory_order_relaxed);
    if (now < due || !m_nextLook.compare_exchange_strong(due, now + kLookEvery.count(), std::memory_order_relaxed))
        return; // another thread looks
    const Millis before = m_machine.steady();
    const Instant wall = m_machine.now();
    const Millis after = m_machine.steady();
    if (after - before <= kBand) // else this thread was put aside in between, and the two say nothing about each other
        follow({wall, before + (after - before) / 2, (after - before) / 2});
}

void SteadyWallClock::compare(const ClockReading& reading) { follow(reading); }

void SteadyWallClock::follow(const ClockReading& reading) const
{
    const std::lock_guard guard(m_lock);
    const Line l = line();
    const std::int64_t at = reading.at.count();
    if (at < l.steady)
        return; // older than what is known
    const std::int64_t here = l.value(at);
    const std::int64_t owed = toUnixMs(reading.wall) - here;
    const std::int64_t moved = owed - (l.owed - l.madeUp(at));
    if (std::abs(moved) <= (kBand + reading.within).count())
        return;
    publish({at, here, owed});
    if (std::abs(moved) > (kStep + reading.within).count())
        tellOfStep(moved, owed, reading.at);
}

void SteadyWallClock::tellOfStep(std::int64_t by, std::int64_t owed, Millis at) const
{
    if (m_toldAt && at - *m_toldAt < kTellEvery) {
        ++m_untold;
        return;
    }
    m_toldAt = at;
    QString text = u"%1 was set %2 by %3"_s.arg(whose(), by > 0 ? u"forward"_s : u"back"_s, duration(by));
    if (const int before = std::exchange(m_untold, 0); before > 0)
        text += u" (and %1 times before, since this was last told)"_s.arg(before);
    if (std::abs(owed) <= kStep.count()) {
        m_told(text + u". It agrees with this server's time again."_s);
        return;
    }
    text += u". Holds, sessions and every other deadline keep their length: this server's time runs a twenty-fifth %1 until it agrees, for about %2. "_s.arg(
        owed > 0 ? u"faster"_s : u"slower"_s, duration(owed * kPart));
    text += owed > 0 ? u"A restart takes the new time over at once, and what is due by it ends."_s
                     : u"A restart does not take it over: time never goes back behind the store's last change."_s;
    m_told(text);
}

} // namespace naru::server
