// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// The fixed rules of continuous evaluation, one by one: each fires at its signal, and not beside it.
#include "server/auth/rules/ParallelUse.h"
#include "server/auth/rules/Rules.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_Rules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void e5FlipFlop();
    void e6NeverSeenDevice();
    void otherNetworkSoonAfter();
    void e8NetworkChanged();
    void e13ReadsTooMuch();
    void e13CountsTenMinutes();
    void e13IsBounded();
    void e13WhatIsUsual();
    void e14UnusualHours();
    void e9ParallelUse();
    void e9IsBounded();
    void e10PostureLost();
    void e11PostureMissed();
    void e20AccountGone();
    void firingIsAudited();

private:
    const Instant m_now = fromUnixMs(1'772'409'600'000);
};

// Two devices, three takeovers within ten minutes; counted from the rows.
void tst_Rules::e5FlipFlop()
{
    SessionDesk desk;
    SessionId last = desk.session(u"staff1"_s, u"A"_s);
    const auto takeOver = [&](const QString& device) {
        desk.clock.advance(Millis{60'000});
        const SessionId next = desk.session(u"staff1"_s, device);
        const Takeover t = readTakeover(*desk.db, last, next, desk.clock.now());
        last = next;
        return t;
    };
    QVERIFY(!flipFlop(takeOver(u"B"_s), m_now));
    const Takeover second = takeOver(u"A"_s);
    QCOMPARE(second.lately, 2);
    QVERIFY(!flipFlop(second, m_now));
    Takeover third = takeOver(u"B"_s);
    QCOMPARE(third.lately, 3);
    const auto fired = flipFlop(third, m_now);
    QVERIFY(fired);
    QCOMPARE(fired->code, u"E5"_s);
    QCOMPARE(fired->action, u"ask"_s);
    third.pairAllowed = true;
    QVERIFY(!flipFlop(third, m_now));
    QVERIFY(!flipFlop(takeOver(u"C"_s), m_now)); // another pair
    desk.clock.advance(Millis{11 * 60'000});
    QCOMPARE(takeOver(u"B"_s).lately, 1); // the others are too long ago
    // Somebody allowed the two.
    const auto a = desk.device(u"staff1"_s, u"C"_s).toString();
    const auto b = desk.device(u"staff1"_s, u"B"_s).toString();
    desk.write([&](Txn& txn) {
        txn.db().exec(u"INSERT INTO auth_device_pair (user_id, device_a, device_b, allowed_by, at) VALUES (?, ?, ?, ?, ?)"_s,
            {desk.user(u"staff1"_s), std::min(a, b), std::max(a, b), desk.user(u"admin1"_s), txn.now()});
    });
    QVERIFY(takeOver(u"C"_s).pairAllowed);
}

void tst_Rules::e6NeverSeenDevice()
{
    SessionDesk desk;
    const SessionId first = desk.session(u"staff1"_s, u"A"_s);
    const SessionId second = desk.session(u"staff1"_s, u"B"_s);
    const Takeover fresh = readTakeover(*desk.db, first, second, desk.clock.now());
    QVERIFY(fresh.neverSeen);
    QCOMPARE(neverSeenDevice(fresh, m_now)->code, u"E6"_s);
    const SessionId third = desk.session(u"staff1"_s, u"A"_s);
    QVERIFY(!readTakeover(*desk.db, second, third, desk.clock.now()).neverSeen); // used before
    const SessionId fourth = desk.session(u"staff1"_s, u"A"_s);
    QVERIFY(!readTakeover(*desk.db, third, fourth, desk.clock.now()).neverSeen); // the same one
    QVERIFY(!neverSeenDevice(Takeover{}, m_now));
}

void tst_Rules::otherNetworkSoonAfter()
{
    Takeover t;
    t.oldNetwork = u"10.0.0"_s;
    t.newNetwork = u"10.0.1"_s;
    t.gapSeconds = kOtherNetworkSeconds;
    QVERIFY(otherNetwork(t, m_now));
    t.gapSeconds = kOtherNetworkSeconds + 1;
    QVERIFY(!otherNetwork(t, m_now));
    t.gapSeconds = 0;
    t.newNetwork = t.oldNetwork;
    QVERIFY(!otherNetwork(t, m_now));
    t.newNetwork = u"192.168.1"_s;
    t.pairAllowed = true;
    QVERIFY(!otherNetwork(t, m_now));
}

void tst_Rules::e8NetworkChanged()
{
    QVERIFY(networkChanged(u"10.1.2"_s, u"10.2.2"_s, m_now));
    QCOMPARE(networkChanged(u"10.1.2"_s, u"172.16.0"_s, m_now)->action, u"step-up"_s);
    QVERIFY(!networkChanged(u"10.1.2"_s, u"10.1.9"_s, m_now)); // the same owner's
    QVERIFY(!networkChanged(u"10.1.2"_s, u"2001:db8:0:1"_s, m_now)); // another family is another way to the same place
    QVERIFY(networkChanged(u"2001:db8:0:1"_s, u"2a00:1450:0:1"_s, m_now));
    QVERIFY(!networkChanged(u"2001:db8:0:1"_s, u"2001:db8:7:1"_s, m_now));
    QVERIFY(!networkChanged({}, u"10.1.2"_s, m_now)); // nothing is known of where it was opened
}

void tst_Rules::e13ReadsTooMuch()
{
    QVERIFY(!readsTooMuch(kReadsAlways, 0, m_now)); // so much anybody may
    QCOMPARE(readsTooMuch(kReadsAlways + 1, 0, m_now)->code, u"E13"_s);
    QVERIFY(!readsTooMuch(5'000, 1'000, m_now));
    QVERIFY(readsTooMuch(5'001, 1'000, m_now));
}

void tst_Rules::e13CountsTenMinutes()
{
    ReadRate rate;
    const SessionId sid{Id128::make(1, 1, 1)};
    const SessionId other{Id128::make(1, 1, 2)};
    const UserId user{Id128::make(2, 2, 2)};
    const Instant begin = fromUnixMs(1'800'000'000'000); // of a whole window
    QVERIFY(!rate.read(sid, user, 900, begin));
    QVERIFY(!rate.read(other, user, 900, begin)); // each session for itself
    const Instant late = begin + Millis{9 * 60'000 + 59'000};
    QCOMPARE(rate.read(sid, user, 200, late), std::optional<std::int64_t>(1'100));
    QVERIFY(!rate.read(sid, user, 1, late + Millis{500})); // looked at just now
    QVERIFY(!rate.read(sid, user, 1, begin + kReadWindow)); // the first nine hundred are ten minutes ago
    QCOMPARE(rate.read(sid, user, 900, begin + kReadWindow + Millis{30'000}), std::optional<std::int64_t>(1'102));
    rate.restart(sid);
    QVERIFY(!rate.read(sid, user, 900, begin + kReadWindow + Millis{90'000}));
    const auto ended = rate.takeEnded(begin + kReadWindow + Millis{90'000});
    QCOMPARE(ended.size(), std::size_t(1));
    QCOMPARE(ended[0].user, user);
    QCOMPARE(ended[0].startsAt, begin);
    QCOMPARE(ended[0].records, 2'001);
    QVERIFY(rate.takeEnded(begin + kReadWindow + Millis{90'000}).empty());
    QCOMPARE(rate.takeEnded(begin + 2 * kReadWindow).at(0).records, 1'801);
}

void tst_Rules::e13IsBounded()
{
    ReadRate rate;
    for (std::uint64_t i = 0; i < 30'000; ++i)
        rate.read(SessionId{Id128::make(1, 1, i)}, UserId{Id128::make(2, 2, 2)}, 1, m_now + Millis{static_cast<std::int64_t>(i) * 100});
    QVERIFY2(rate.size() <= 20'001, qPrintable(QString::number(rate.size())));
}

void tst_Rules::e13WhatIsUsual()
{
    SessionDesk desk;
    const UserId staff = desk.user(u"staff1"_s);
    const auto usual = [&] { return usualReading(*desk.db, staff, desk.clock.now()); };
    int back = 0;
    const auto windows = [&](int count, std::int64_t records) {
        std::vector<ReadRate::Window> some;
        for (int i = 0; i < count; ++i)
            some.push_back({staff, desk.clock.now() - ++back * kReadWindow, records});
        desk.write([&](Txn& txn) { writeWindows(txn, some); });
    };
    QCOMPARE(usual(), kReadsAlways); // nothing is known
    windows(kHabitWindows - 1, 50);
    QCOMPARE(usual(), kReadsAlways);
    windows(1, 50);
    QCOMPARE(usual(), 50);
    windows(1, 9'000);
    windows(1, 8'000);
    windows(168, 50); // two hundred: the two greatest are no habit
    QCOMPARE(usual(), 50);
    windows(1, 7'000);
    QCOMPARE(usual(), 7'000);
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM auth_read_window WHERE user_id = ?"_s, {staff}), 201);
    desk.write([&](Txn& txn) { writeWindows(txn, {{staff, desk.clock.now() - kReadWindow, 5}}); }); // two servers had a part of it each
    QCOMPARE(desk.count(u"SELECT MAX(records) FROM auth_read_window WHERE starts_at = ?"_s, {desk.clock.now() - kReadWindow}), 55);
    desk.clock.advance(kHabitLength);
    desk.write([&](Txn& txn) { writeWindows(txn, {{staff, desk.clock.now(), 5}}); });
    QCOMPARE(desk.count(u"SELECT COUNT(*) FROM auth_read_window"_s), 1); // what is older is nobody's business
    QCOMPARE(usual(), kReadsAlways);
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET demo = 1 WHERE id = ?"_s, {staff}); });
    QVERIFY(!usual()); // anybody may enter there
}

void tst_Rules::e14UnusualHours()
{
    const auto at = [this](int hour) { return fromUnixMs(toUnixMs(m_now) / 86'400'000 * 86'400'000 + hour * 3'600'000 + 1'800'000); };
    WorkHabit habit;
    habit.deviceKnown = false;
    habit.days = kHabitDays;
    for (std::size_t hour = 0; hour < 9; ++hour)
        habit.hours.set(hour);
    QCOMPARE(unusualHours(habit, at(14))->code, u"E14"_s);
    QVERIFY(!unusualHours(habit, at(4)));
    QVERIFY(!unusualHours(habit, at(9))); // an hour later than ever is no sign
    QVERIFY(!unusualHours(habit, at(23))); // nor an hour earlier, across midnight
    QVERIFY(unusualHours(habit, at(10)));
    habit.days = kHabitDays - 1;
    QVERIFY(!unusualHours(habit, at(14)));
    habit.days = kHabitDays;
    habit.deviceKnown = true;
    QVERIFY(!unusualHours(habit, at(14)));

    SessionDesk desk;
    for (int day = 0; day < 3; ++day) {
        desk.session(u"staff1"_s, u"Desk"_s);
        desk.session(u"staff1"_s, u"Desk"_s); // twice a day is one day
        desk.clock.advance(Millis{24 * 3'600'000});
    }
    const auto read = [&](const QString& device) { return readWorkHabit(*desk.db, desk.user(u"staff1"_s), desk.device(u"staff1"_s, device), 1'000, desk.clock.now()); };
    QVERIFY(read(u"Desk"_s).deviceKnown);
    QVERIFY(!read(u"Laptop"_s).deviceKnown);
    QCOMPARE(read(u"Laptop"_s).days, 3);
    QCOMPARE(read(u"Laptop"_s).hours.count(), std::size_t(1));
    desk.clock.advance(kHabitLength);
    QCOMPARE(read(u"Laptop"_s).days, 0);
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET demo = 1 WHERE id = ?"_s, {desk.user(u"staff1"_s)}); });
    QVERIFY(read(u"Laptop"_s).deviceKnown); // anybody may enter there
}

void tst_Rules::e9ParallelUse()
{
    ParallelUse use;
    const SessionId sid{Id128::make(1, 1, 1)};
    const SessionId other{Id128::make(1, 1, 2)};
    QVERIFY(!use.seen(sid, u"10.0.0"_s, m_now));
    QVERIFY(!use.seen(sid, u"10.0.0"_s, m_now + Millis{1'000}));
    QVERIFY(!use.seen(other, u"10.0.1"_s, m_now + Millis{2'000})); // another session
    QVERIFY(!use.seen(sid, u"2001:db8:0:1"_s, m_now + Millis{3'000})); // a machine may have both
    const auto fired = use.seen(sid, u"10.0.1"_s, m_now + Millis{60'000});
    QVERIFY(fired);
    QCOMPARE(fired->code, u"E9"_s);
    QCOMPARE(fired->action, u"restrict"_s);
    QVERIFY(!use.seen(sid, u"10.0.0"_s, m_now + Millis{61'000})); // said once
    // After a quiet minute another network is a move, not a second place.
    QVERIFY(!use.seen(sid, u"10.9.9"_s, m_now + Millis{61'000} + kParallelWithin + Millis{1}));
    QVERIFY(use.seen(sid, u"10.0.0"_s, m_now + Millis{130'000}));
}

void tst_Rules::e9IsBounded()
{
    ParallelUse use;
    for (std::uint64_t i = 0; i < 30'000; ++i)
        use.seen(SessionId{Id128::make(1, 1, i)}, u"10.0.0"_s, m_now + Millis{static_cast<std::int64_t>(i) * 100});
    QVERIFY2(use.size() <= 20'001, qPrintable(QString::number(use.size())));
}

void tst_Rules::e10PostureLost()
{
    const std::vector<PostureSignal> good{{u"integrity"_s, u"on"_s, u"self"_s}, {u"storage"_s, u"keychain"_s, u"self"_s}};
    const std::vector<PostureSignal> changed{{u"integrity"_s, u"bad"_s, u"self"_s}};
    const std::vector<PostureSignal> moved{{u"storage"_s, u"memory"_s, u"self"_s}};
    QVERIFY(!postureLost({}, good, KeyStorage::Keychain, m_now));
    QCOMPARE(postureLost(good, changed, KeyStorage::Keychain, m_now)->action, u"end"_s);
    QCOMPARE(postureLost(good, moved, KeyStorage::Keychain, m_now)->action, u"tier"_s);
    QVERIFY(!postureLost(moved, moved, KeyStorage::Keychain, m_now)); // known already
    QVERIFY(!postureLost(good, moved, KeyStorage::Memory, m_now)); // it was never elsewhere
    QVERIFY(!postureLost(good, {{u"integrity"_s, u"unknown"_s, u"self"_s}}, KeyStorage::Keychain, m_now));
}

void tst_Rules::e11PostureMissed()
{
    QVERIFY(!postureMissed(m_now, m_now + kPostureMissed));
    QCOMPARE(postureMissed(m_now, m_now + kPostureMissed + Millis{1})->code, u"E11"_s);
}

void tst_Rules::e20AccountGone()
{
    QVERIFY(!accountGone(AccountStatus::Active, {}, m_now));
    QVERIFY(!accountGone(AccountStatus::Active, VendorStatus::Approved, m_now));
    QCOMPARE(accountGone(AccountStatus::Locked, {}, m_now)->signal, u"account-locked"_s);
    QCOMPARE(accountGone(AccountStatus::Closed, {}, m_now)->signal, u"account-closed"_s);
    QCOMPARE(accountGone(AccountStatus::Active, VendorStatus::Suspended, m_now)->signal, u"company-suspended"_s);
    QCOMPARE(accountGone(AccountStatus::Active, VendorStatus::Closed, m_now)->action, u"end"_s);
}

void tst_Rules::firingIsAudited()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    desk.write([&](Txn& txn) { fire(txn, reportedByHolder(txn.now()), sid, {{"tier", 1}}); }, u"staff1"_s);
    const auto row = desk.db->one(u"SELECT diff_json, actor_role, entity_id FROM audit_event WHERE action = 'auth.rule.fired'"_s);
    QVERIFY(row);
    QCOMPARE(row->text(0), u"{\"rule\":\"E7\",\"version\":2,\"signal\":\"not-me\",\"action\":\"restrict\",\"inputs\":{\"tier\":1}}"_s);
    QCOMPARE(row->text(1), u"system"_s); // a rule decides, not the person it is about
    QCOMPARE(row->text(2), sid.toString());
    QCOMPARE(desk.violations(), QStringList());
}

QTEST_GUILESS_MAIN(tst_Rules)
#include "tst_Rules.moc"
