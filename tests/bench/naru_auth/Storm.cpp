// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Parts.h"

#include "bench/naru_bench/Trial.h"
#include "server/auth/Passwords.h"
#include "server/http/Client.h"

#include <QFile>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

constexpr double kRequests = 200; // of the interface, a second
constexpr int kCallers = 8;
constexpr double kKnownSignIns = 4; // a second
constexpr int kMostThreads = 100; // of the unbounded side: 2 GiB of hashing memory, lest the machine goes down
constexpr std::int64_t kLate = 5'000; // microseconds

void sleepUntil(std::int64_t at)
{
    if (const std::int64_t left = at - nowNs(); left > 0)
        std::this_thread::sleep_for(std::chrono::nanoseconds(left));
}

double residentMiB()
{
    QFile f(u"/proc/self/statm"_s);
    return f.open(QIODevice::ReadOnly) ? f.readAll().split(' ').value(1).toDouble() * 4096 / 1048576 : 0;
}

// Requests at fixed moments, however long those before take: what a storm does to them is seen in full.
class Callers {
public:
    Callers(AuthWorld& world, const std::string& token, double seconds) : m_world(world), m_token(token)
    {
        const std::int64_t first = nowNs() + 100'000'000;
        for (int i = 0; i < kCallers; ++i)
            m_threads.emplace_back([this, i, first, seconds] { run(i, first, seconds); });
    }
    void join()
    {
        for (std::thread& t : m_threads)
            t.join();
        m_threads.clear();
    }
    Histogram latency;
    std::uint64_t late = 0;
    std::uint64_t failed = 0;

private:
    void run(int index, std::int64_t first, double seconds)
    {
        Client::Options options;
        options.port = m_world.port();
        options.key = m_world.device();
        Client client(options);
        const Client::Headers headers{{"Authorization", "DPoP " + m_token}};
        (void)client.call("GET", "/v1/session", {}, headers); // connects
        Histogram mine;
        std::uint64_t overdue = 0;
        std::uint64_t bad = 0;
        const auto step = static_cast<std::int64_t>(1e9 * kCallers / kRequests);
        const auto count = static_cast<std::int64_t>(seconds * kRequests / kCallers);
        for (std::int64_t n = 0; n < count; ++n) {
            const std::int64_t due = first + n * step + index * step / kCallers;
            sleepUntil(due);
            const auto reply = client.call("GET", "/v1/session", {}, headers);
            const std::int64_t took = (nowNs() - due) / 1000;
            mine.record(took);
            overdue += took > kLate ? 1 : 0;
            bad += reply && reply->status == 200 ? 0 : 1;
        }
        const std::lock_guard lock(m_lock);
        latency.add(mine);
        late += overdue;
        failed += bad;
    }
    AuthWorld& m_world;
    const std::string m_token;
    std::vector<std::thread> m_threads;
    std::mutex m_lock; // guards what is public while threads run
};

// Sign-ins nobody can all serve. Each shows a proof, as at the door; one name of ten exists, no password is right.
class Storm {
public:
    Storm(AuthWorld& world, double perSecond, double seconds, bool bounded) : m_world(world), m_bounded(bounded)
    {
        const auto count = static_cast<std::size_t>(perSecond * seconds);
        world.device()->noteNonce(world.auth().door().nonce());
        for (std::size_t i = 0; i < count; ++i)
            m_proofs.push_back(world.device()->proof("POST", "http://127.0.0.1/oauth/authorize-challenge"));
        m_thread = std::thread([this, perSecond] { run(perSecond); });
    }
    void join()
    {
        m_thread.join();
        while (m_open > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    std::atomic<std::uint64_t> offered{0};
    std::atomic<std::uint64_t> served{0};
    std::atomic<double> resident{0};

private:
    void run(double perSecond)
    {
        static std::atomic<int> source{0};
        const std::int64_t first = nowNs();
        for (std::size_t i = 0; i < m_proofs.size(); ++i) {
            sleepUntil(first + static_cast<std::int64_t>(static_cast<double>(i) * 1e9 / perSecond));
            (void)m_world.auth().checkProof({"POST", "/oauth/authorize-challenge", "127.0.0.1", m_proofs[i], {}});
            ++offered;
            one(source++);
            if (i % 64 == 0)
                resident = std::max(resident.load(), residentMiB());
        }
    }
    void one(int n)
    {
        if (!m_bounded) { // what a server without a pool does: hashes each as it comes
            if (m_open >= kMostThreads)
                return;
            ++m_open;
            std::thread([this] {
                (void)passwordNeverMatches(u"guess"_s);
                ++served;
                --m_open;
            }).detach();
            return;
        }
        ++m_open;
        SignInRequest r = m_world.request(n % 10 == 0 ? m_world.login(n / 10 % 200) : u"nobody%1"_s.arg(n), n);
        r.secret = u"guess"_s;
        r.thumbprint = "a-device-nobody-knows-0000000000000000000000";
        m_world.auth().signIn(r, [this](const auto& result) {
            const auto* p = std::get_if<protocol::Problem>(&result);
            if (p && p->code == u"invalid-credentials")
                ++served;
            --m_open;
        });
    }
    AuthWorld& m_world;
    const bool m_bounded;
    std::vector<std::string> m_proofs;
    std::atomic<int> m_open{0};
    std::thread m_thread;
};

// People who come to work meanwhile, on computers that are known.
class Arrivals {
public:
    Arrivals(AuthWorld& world, double seconds, Histogram& latency, std::uint64_t& refused)
    {
        m_thread = std::thread([&world, seconds, &latency, &refused] {
            const std::int64_t first = nowNs() + 200'000'000;
            std::mutex lock; // guards the two
            std::atomic<int> open{0};
            for (int i = 0; i < static_cast<int>(seconds * kKnownSignIns); ++i) {
                const std::int64_t due = first + static_cast<std::int64_t>(i * 1e9 / kKnownSignIns);
                sleepUntil(due);
                ++open;
                world.auth().signIn(world.request(world.login(1 + i % 190), 60'000 + i), [&, due](const auto& code) {
                    {
                        const std::lock_guard guard(lock);
                        latency.record((nowNs() - due) / 1000);
                        refused += std::holds_alternative<std::string>(code) ? 0 : 1;
                    }
                    --open;
                });
            }
            while (open > 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        });
    }
    void join() { m_thread.join(); }

private:
    std::thread m_thread;
};

void round(AuthWorld& world, StormSide& side, double perSecond, double seconds)
{
    const std::string token = world.signIn(0).grant.accessToken;
    Callers callers(world, token, seconds);
    std::unique_ptr<Storm> storm;
    std::unique_ptr<Arrivals> arrivals;
    if (side.name != u"calm")
        storm = std::make_unique<Storm>(world, perSecond, seconds, side.name == u"bounded");
    if (side.name != u"unbounded") // there, nobody would serve them but the same crowd
        arrivals = std::make_unique<Arrivals>(world, seconds, side.known, side.knownRefused);
    callers.join();
    if (arrivals)
        arrivals->join();
    if (storm) {
        storm->join();
        side.offered += storm->offered;
        side.served += storm->served;
        side.residentMiB = std::max(side.residentMiB, storm->resident.load());
    } else {
        side.residentMiB = std::max(side.residentMiB, residentMiB());
    }
    side.latency.add(callers.latency);
    side.failed += callers.failed;
    side.delayed.values.push_back(static_cast<double>(callers.late) / static_cast<double>(std::max<std::uint64_t>(1, callers.latency.count())));
}

} // namespace

StormResult measureStorm(AuthWorld& world, int rounds, double seconds, double hashesPerSecond)
{
    StormResult out;
    out.offeredPerSecond = 10 * hashesPerSecond;
    for (const char* name : {"calm", "bounded", "unbounded"}) {
        out.sides.emplace_back();
        out.sides.back().name = QString::fromLatin1(name);
    }
    for (int r = 0; r < rounds; ++r)
        for (std::size_t i = 0; i < out.sides.size(); ++i) // in turn, forwards and backwards
            round(world, out.sides[r % 2 == 0 ? i : out.sides.size() - 1 - i], out.offeredPerSecond, seconds);
    return out;
}

} // namespace naru::bench
