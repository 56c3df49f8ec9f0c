// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 240
#include "server/auth/Sessions.h"
#include "support/AuthFixture.h"

#include <QRegularExpression>
#include <QTest>

#include <map>
#include <random>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::AuthFixture;

namespace {

constexpr int kSessions = 10'000;
constexpr Millis kSecond{1'000};
constexpr Millis kSkew{2'000};

// The machine of another server, whose clock is a little off.
class OffClock final : public Clock {
public:
    OffClock(const Clock& base, Millis off) : m_base(base), m_off(off) {}
    Instant now() const override { return m_base.now() + m_off; }
    Millis steady() const override { return m_base.steady(); }

private:
    const Clock& m_base;
    const Millis m_off;
};

} // namespace

// Thirty minutes, exactly (auth.md §2.7, goal G8): three servers over the same rows, whose clocks are two seconds apart, and ten thousand
// people who do something here and there and then go away.
class tst_IdleEnd : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void endsBetweenThirtyMinutesAndTwentySeconds();

private:
    static std::vector<SessionId> makePeople(AuthFixture& f)
    {
        std::vector<SessionId> all;
        for (int from = 0; from < kSessions; from += 1'000) {
            f.write([&](Txn& txn) {
                Connection& db = txn.db();
                for (int i = from; i < from + 1'000; ++i) {
                    const UserId user = txn.newId<UserId>();
                    const DeviceId device = txn.newId<DeviceId>();
                    const SessionId sid = txn.newId<SessionId>();
                    db.exec(u"INSERT INTO user_account (id, login, display_name, status, role) VALUES (?, ?, ?, 'active', 'staff')"_s, {user, u"person%1"_s.arg(i), u"P"_s});
                    db.exec(u"INSERT INTO auth_device (id, user_id, jkt, name, storage, last_seen_at) VALUES (?, ?, ?, 'd', 'keychain', ?)"_s, {device, user, u"k%1"_s.arg(i), txn.now()});
                    db.exec(u"INSERT INTO session_head (user_id, sv, sid, idle_until, abs_until, device_id) VALUES (?, 1, ?, ?, ?, ?)"_s,
                        {user, sid, txn.now() + Millis{30 * 60'000}, txn.now() + Millis{12 * 3600'000}, device});
                    db.exec(u"INSERT INTO auth_session (sid, user_id, sv, status, device_id, started_at) VALUES (?, ?, 1, 'active', ?, ?)"_s, {sid, user, device, txn.now()});
                    all.push_back(sid);
                }
            });
        }
        return all;
    }
};

void tst_IdleEnd::endsBetweenThirtyMinutesAndTwentySeconds()
{
    AuthFixture f;
    const std::vector<SessionId> people = makePeople(f);
    const OffClock fast(f.clock, kSkew);
    const OffClock slow(f.clock, -kSkew);
    std::vector<std::unique_ptr<AuthService>> servers;
    std::map<SessionId, Instant> ended; // by the true time
    std::mutex lock;
    for (const Clock* clock : {static_cast<const Clock*>(&f.clock), static_cast<const Clock*>(&fast), static_cast<const Clock*>(&slow)}) {
        servers.push_back(std::make_unique<AuthService>(f.options(), *clock, systemRng(), f.writer(), f.reads()));
        servers.back()->shareSessions();
        servers.back()->onEnded([&](const SessionId& sid, const SessionEnded&) {
            const std::lock_guard guard(lock);
            ended.emplace(sid, f.clock.now());
        });
        f.load(*servers.back());
    }
    // Each is active for up to ten minutes, at one server after the other.
    std::mt19937_64 chance(7);
    std::map<SessionId, Instant> last;
    std::vector<std::pair<int, std::size_t>> plan; // second, who
    for (std::size_t i = 0; i < people.size(); ++i) {
        last[people[i]] = f.clock.now();
        for (int n = 1 + static_cast<int>(chance() % 3); n > 0; --n)
            plan.emplace_back(static_cast<int>(chance() % 600), i);
    }
    std::sort(plan.begin(), plan.end());
    std::size_t next = 0;
    for (int second = 0; second < 600 + 31 * 60; ++second) {
        for (; next < plan.size() && plan[next].first == second; ++next) {
            const SessionId& sid = people[plan[next].second];
            servers[chance() % servers.size()]->noteActivity(sid);
            last[sid] = f.clock.now();
        }
        f.clock.advance(kSecond);
        for (const auto& server : servers)
            server->tick();
        f.settle();
    }
    Millis earliest{3600'000};
    Millis latest{0};
    int wrong = 0;
    for (const SessionId& sid : people) {
        const auto it = ended.find(sid);
        if (it == ended.end()) {
            ++wrong;
            continue;
        }
        const Millis after = it->second - last.at(sid);
        earliest = std::min(earliest, after);
        latest = std::max(latest, after);
        wrong += after < Millis{30 * 60'000} || after > Millis{30 * 60'000 + 20'000};
    }
    qInfo("%d sessions at three servers, clocks %+lld and %+lld ms off: the first ended %lld ms after thirty minutes, the last %lld", kSessions, static_cast<long long>(kSkew.count()),
        static_cast<long long>(-kSkew.count()), static_cast<long long>(earliest.count() - 30 * 60'000), static_cast<long long>(latest.count() - 30 * 60'000));
    QCOMPARE(wrong, 0);
    for (const auto& server : servers)
        server->stop();
}

QTEST_GUILESS_MAIN(tst_IdleEnd)
#include "tst_IdleEnd.moc"
