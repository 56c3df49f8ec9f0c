// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Throttle.h"

#include <QHostAddress>
#include <algorithm>
#include <vector>

namespace naru::server {
namespace {

struct Limits {
    int free;
    int atOnce; // answers not in yet are guesses in the worst case
    int longest; // seconds
};
constexpr Limits kNew{5, 10, 60};
constexpr Limits kKnown{10, 10, 30};
constexpr const Limits& limitsOf(Lane lane) { return lane == Lane::Known ? kKnown : kNew; }

constexpr std::size_t kClosingFailures = 20;
constexpr Millis kWindow{15 * 60'000}; // failures this long ago are forgotten, and so long a closed lane stays closed
constexpr int kResetFailures = 100;
constexpr std::size_t kMaxKept = 20'000;

int seconds(Millis wait) { return static_cast<int>((wait.count() + 999) / 1000); }

} // namespace

std::string networkOf(const QString& address)
{
    const QHostAddress host(address);
    if (host.isNull())
        return address.toStdString();
    bool four = false;
    const quint32 ip4 = host.toIPv4Address(&four); // also of ::ffff:a.b.c.d
    if (four)
        return QHostAddress(ip4 & 0xFFFFFF00u).toString().toStdString() + "/24";
    Q_IPV6ADDR ip6 = host.toIPv6Address();
    std::fill(ip6.c + 7, ip6.c + 16, quint8{0});
    return QHostAddress(ip6).toString().toStdString() + "/56";
}

Throttle::Account& Throttle::account(const QString& login, Lane lane, Millis now)
{
    const std::string key = (lane == Lane::Known ? 'k' : 'n') + login.toLower().toStdString();
    const auto found = m_accounts.find(key);
    if (found != m_accounts.end())
        return found->second;
    if (m_accounts.size() >= kMaxKept)
        makeRoom(now);
    return m_accounts[key];
}

int Throttle::begin(const QString& login, const QString& source, Lane lane)
{
    const std::lock_guard lock(m_lock);
    const Millis now = m_clock.steady();
    const Limits& limits = limitsOf(lane);
    Account& a = account(login, lane, now);
    if (now < a.closedUntil)
        return seconds(a.closedUntil - now);
    if (lane == Lane::New && a.failures > 0 && now - a.lastFailure > kWindow)
        a.failures = 0;
    if (a.failures >= limits.free) {
        const Millis wait{1000LL * std::min(limits.longest, 1 << std::min(a.failures - limits.free, 6))};
        if (now < a.lastFailure + wait)
            return seconds(a.lastFailure + wait - now);
    }
    if (a.inFlight >= (a.failures < limits.free ? limits.atOnce : 1))
        return 1;
    // Each costs its network one turn until it turns out to be right: many at once are no way around.
    if (lane == Lane::New)
        if (const Millis wait = m_sources.take(networkOf(source), now); wait > Millis{0})
            return seconds(wait);
    ++a.inFlight;
    return 0;
}

Throttle::Advice Throttle::finished(const QString& login, const QString& source, Outcome outcome, Lane lane)
{
    const std::lock_guard lock(m_lock);
    const Millis now = m_clock.steady();
    Account& a = account(login, lane, now);
    a.inFlight = std::max(0, a.inFlight - 1);
    if (outcome != Outcome::Failure) {
        if (lane == Lane::New)
            m_sources.giveBack(networkOf(source));
        if (outcome == Outcome::Success) {
            a.failures = 0;
            a.recent.clear();
        }
        return Advice::None;
    }
    ++a.failures;
    a.lastFailure = now;
    if (lane == Lane::Known)
        return a.failures == kResetFailures ? Advice::ResetCredential : Advice::None;
    a.recent.push_back(now);
    if (a.recent.size() > kClosingFailures)
        a.recent.pop_front();
    if (a.recent.size() == kClosingFailures && now - a.recent.front() <= kWindow) {
        a.closedUntil = now + kWindow;
        a.recent.clear();
    }
    return Advice::None;
}

// Logins are chosen by whoever asks: the many that failed once go before the few that failed often.
void Throttle::makeRoom(Millis now)
{
    std::erase_if(m_accounts, [now](const auto& e) { return e.second.inFlight == 0 && now >= e.second.closedUntil && now - e.second.lastFailure > kWindow; });
    for (int keep = 2; m_accounts.size() >= kMaxKept && keep < kResetFailures; keep *= 2)
        std::erase_if(m_accounts, [now, keep](const auto& e) { return e.second.inFlight == 0 && now >= e.second.closedUntil && e.second.failures < keep; });
}

} // namespace naru::server
