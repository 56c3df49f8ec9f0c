// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Throttle.h"

namespace naru::server {
namespace {

constexpr int kFree = 5;
constexpr int kAtOnce = 10; // answers not in yet count as guesses in the worst case
constexpr Millis kForget{15 * 60'000};
constexpr Millis kSourceCost{2'000};
constexpr Millis kSourceBurst{60'000};
constexpr std::size_t kMaxKept = 20'000;

std::string accountKey(const QString& login) { return login.toLower().toStdString(); }

// A source is a network, not a machine: /24 and /56.
std::string sourceKey(const QString& address)
{
    if (address.contains(u'.'))
        return address.section(u'.', 0, 2).toStdString();
    return address.section(u':', 0, 3).left(17).toStdString();
}

} // namespace

int Throttle::begin(const QString& login, const QString& source)
{
    const std::lock_guard lock(m_lock);
    const Millis now = m_clock.steady();
    forgetOld(now);
    const auto from = m_sources.find(sourceKey(source));
    if (from != m_sources.end() && from->second.paidUntil > now + kSourceBurst)
        return static_cast<int>((from->second.paidUntil - now - kSourceBurst).count() / 1000) + 1;
    Account& account = m_accounts[accountKey(login)];
    if (account.failures > 0 && now - account.lastFailure > kForget)
        account.failures = 0;
    if (account.failures >= kFree) {
        const Millis wait{std::min<std::int64_t>(60'000, 1000LL << std::min(account.failures - kFree, 6))};
        if (now < account.lastFailure + wait)
            return static_cast<int>((account.lastFailure + wait - now).count() / 1000) + 1;
    }
    if (account.inFlight >= kAtOnce)
        return 1;
    ++account.inFlight;
    return 0;
}

void Throttle::finished(const QString& login, const QString& source, Outcome outcome)
{
    const std::lock_guard lock(m_lock);
    const Millis now = m_clock.steady();
    Account& account = m_accounts[accountKey(login)];
    account.inFlight = std::max(0, account.inFlight - 1);
    if (outcome == Outcome::Success) {
        account.failures = 0;
    } else if (outcome == Outcome::Failure) {
        ++account.failures;
        account.lastFailure = now;
        Source& from = m_sources[sourceKey(source)];
        from.paidUntil = std::max(from.paidUntil, now) + kSourceCost;
    }
}

void Throttle::forgetOld(Millis now)
{
    if (m_accounts.size() > kMaxKept)
        std::erase_if(m_accounts, [now](const auto& e) { return e.second.inFlight == 0 && now - e.second.lastFailure > Millis{60'000}; });
    if (m_sources.size() > kMaxKept)
        std::erase_if(m_sources, [now](const auto& e) { return e.second.paidUntil <= now; });
}

} // namespace naru::server
