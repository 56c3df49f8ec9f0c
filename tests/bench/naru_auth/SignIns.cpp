// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Parts.h"

#include "bench/naru_bench/Trial.h"
#include "server/auth/Passwords.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

constexpr int kAtOnce = 24;
constexpr int kPeople = 200;

double bareHashes(double seconds)
{
    HashMemory memory;
    const std::int64_t from = nowNs();
    const std::int64_t end = from + static_cast<std::int64_t>(seconds * 1e9);
    int done = 0;
    for (; nowNs() < end; ++done)
        (void)passwordNeverMatches(u"some password or other"_s, &memory);
    return done / (static_cast<double>(nowNs() - from) / 1e9);
}

// So many sign-ins at any time; each end begins the next.
class Drive : public std::enable_shared_from_this<Drive> {
public:
    explicit Drive(AuthWorld& world) : m_world(world) {}
    void begin() { next(); }
    void stop() { m_stopping = true; }
    int done() const { return m_done; }
    int failed() const { return m_failed; }
    bool idle() const { return m_running == 0; }

    void next()
    {
        if (m_stopping)
            return;
        ++m_running;
        const int person = m_person++ % kPeople;
        m_world.auth().signIn(m_world.request(m_world.login(person), person), [self = shared_from_this()](auto code) {
            if (const auto* text = std::get_if<std::string>(&code))
                self->m_world.auth().redeemCode(*text, AuthWorld::verifier(), self->m_world.device()->thumbprint(), u"bench"_s,
                    [self](const auto& grant) { self->ended(std::holds_alternative<TokenGrant>(grant)); });
            else
                self->ended(false);
        });
    }

private:
    void ended(bool good)
    {
        (good ? m_done : m_failed) += 1;
        next();
        --m_running;
    }
    AuthWorld& m_world;
    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_person{0};
    std::atomic<int> m_done{0};
    std::atomic<int> m_failed{0};
    std::atomic<int> m_running{0};
};

double signInsPerSecond(AuthWorld& world, double seconds)
{
    const auto drive = std::make_shared<Drive>(world); // owners: this and what is under way
    for (int i = 0; i < kAtOnce; ++i)
        drive->begin();
    std::this_thread::sleep_for(std::chrono::milliseconds(1000));
    const std::int64_t from = nowNs();
    const int before = drive->done();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const double rate = (drive->done() - before) / (static_cast<double>(nowNs() - from) / 1e9);
    drive->stop();
    while (!drive->idle())
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (drive->failed() > 0)
        throw std::runtime_error(std::to_string(drive->failed()) + " sign-ins failed");
    return rate;
}

} // namespace

void measureSignIns(AuthWorld& world, int rounds, double seconds, SignInResult& out)
{
    for (int i = 0; i < kPeople; i += 1)
        (void)world.signIn(i); // from now on the device is known to each of them
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2); // as AuthService takes them
    for (int round = 0; round < rounds; ++round) {
        const double before = bareHashes(seconds / 2);
        const double rate = signInsPerSecond(world, seconds);
        const double limit = (before + bareHashes(seconds / 2)) / 2;
        out.limit.values.push_back(limit);
        out.signIns.values.push_back(rate);
        out.ratio.values.push_back(rate / (limit * threads));
    }
}

} // namespace naru::bench
