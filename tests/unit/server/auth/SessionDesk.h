// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/SecurityFields.h"
#include "server/api/Http.h"
#include "server/auth/Accounts.h"
#include "server/auth/device/Devices.h"
#include "server/auth/history/Reviewer.h"
#include "server/domain/Parties.h"
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/FakeClock.h"
#include "support/PgCluster.h"

#include <QTemporaryDir>
#include <QTest>

namespace naru::test {

using namespace naru::server;
using namespace Qt::StringLiterals;

// Accounts, devices and sessions as rows, without anybody signing in: staff1, support1, support2, admin1, tea (manager) and teamember of one
// vendor, yacht (manager) of another. Each write is a transaction of its own. Test thread.
class SessionDesk {
public:
    SessionDesk()
    {
        auto opened = openStore(freshStore(m_dir), StoreAccess::Writer);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        db = std::move(*opened);
        migrate(*db);
        write([this](Txn& txn) {
            tea = vendor(txn, u"NAMSAN"_s);
            yachts = vendor(txn, u"HANGANG"_s);
            for (const auto& [login, role, company] : std::initializer_list<std::tuple<QString, Role, std::optional<VendorId>>>{{u"staff1"_s, Role::Staff, {}},
                     {u"support1"_s, Role::SupportAgent, {}}, {u"support2"_s, Role::SupportAgent, {}}, {u"admin1"_s, Role::Admin, {}},
                     {u"tea"_s, Role::VendorManager, tea}, {u"teamember"_s, Role::VendorMember, tea}, {u"yacht"_s, Role::VendorManager, yachts}}) {
                m_users[login] = {createAccount(txn, login, login.toUpper(), role, company, u"none"_s), role, company};
            }
        });
    }

    FakeClock clock;
    FakeRng rng;
    std::unique_ptr<Connection> db;
    VendorId tea, yachts;

    UserId user(const QString& login) const { return m_users.at(login).id; }
    Reviewer reviewer(const QString& login) const { return {user(login), m_users.at(login).role, m_users.at(login).vendor}; }
    Principal principal(const QString& login, const SessionId& sid = {}, std::optional<DeviceId> device = {}) const
    {
        Principal p;
        p.userId = user(login);
        p.sid = sid;
        p.role = m_users.at(login).role;
        p.vendorId = m_users.at(login).vendor;
        p.scopes = scopesOf(p.role);
        p.deviceId = device;
        p.steppedUpAt = clock.now();
        return p;
    }

    template <class Work> std::invoke_result_t<const Work&, Txn&> write(const Work& work, const QString& by = {})
    {
        Actor actor;
        actor.role = u"system"_s;
        actor.requestId = u"test-%1"_s.arg(++m_requests);
        if (!by.isEmpty()) {
            actor.userId = user(by);
            actor.role = protocol::wireText(m_users.at(by).role);
            actor.vendorId = m_users.at(by).vendor;
        }
        db->begin(Connection::Access::Write);
        Txn txn(*db, clock.now(), rng, actor);
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<const Work&, Txn&>>) {
                work(txn);
                txn.db();
                db->commit();
            } else {
                auto result = work(txn);
                txn.db();
                db->commit();
                return result;
            }
        } catch (...) {
            db->rollback();
            throw;
        }
    }
    // The problem code of what was refused; empty: it was done.
    template <class Work> QString refusal(const Work& work, const QString& by = {})
    {
        try {
            write(work, by);
        } catch (const ProblemError& e) {
            return e.problem.code;
        }
        return {};
    }

    DeviceId device(const QString& login, const QString& name, KeyStorage storage = KeyStorage::Keychain, DeviceStatus status = DeviceStatus::Active)
    {
        return write([&](Txn& txn) {
            const auto known = txn.db().one(u"SELECT id FROM auth_device WHERE user_id = ? AND name = ?"_s, {user(login), name});
            if (known)
                return known->id<DeviceId>(0);
            const auto id = txn.newId<DeviceId>();
            txn.db().exec(u"INSERT INTO auth_device (id, user_id, name, jkt, last_seen_at, storage, status, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {id, user(login), name, u"jkt-"_s + id.toString(), txn.now(), protocol::wireText(storage), protocol::wireText(status), txn.now()});
            return id;
        });
    }
    // Signs in: whoever was there is displaced.
    SessionId session(const QString& login, const QString& deviceName, const QString& network = u"10.0.0"_s)
    {
        const DeviceId on = device(login, deviceName);
        return write([&](Txn& txn) {
            const auto sid = txn.newId<SessionId>();
            const auto head = txn.db().one(u"SELECT sv, sid FROM session_head WHERE user_id = ?"_s, {user(login)});
            const std::int64_t sv = head->integer(0) + 1;
            if (const auto old = head->maybeId<SessionId>(1)) {
                txn.db().exec(u"UPDATE auth_session SET status = 'displaced', ended_at = ?, ended_reason = 'displaced', ended_by_sid = ? WHERE sid = ?"_s, {txn.now(), sid, *old});
                txn.audit(u"auth.session.displaced"_s, u"session"_s, old->value, protocol::json::object{});
            }
            txn.db().exec(u"UPDATE session_head SET sv = ?, sid = ?, device_id = ?, idle_until = ?, abs_until = ? WHERE user_id = ?"_s,
                {sv, sid, on, txn.now() + Millis{1800'000}, txn.now() + Millis{43'200'000}, user(login)});
            txn.db().exec(u"INSERT INTO auth_session (sid, user_id, sv, status, device_id, device_name, place, network, jkt, started_at, last_activity_at) "
                          "VALUES (?, ?, ?, 'active', ?, ?, ?, ?, 'jkt', ?, ?)"_s,
                {sid, user(login), sv, on, deviceName, network + u".7"_s, network, txn.now(), txn.now()});
            txn.audit(u"auth.session.opened"_s, u"session"_s, sid.value, protocol::json::object{});
            return sid;
        });
    }
    QString text(const QString& sql, const Params& params) { return db->one(sql, params)->text(0); }
    QString status(const SessionId& sid) { return text(u"SELECT status FROM auth_session WHERE sid = ?"_s, {sid}); }
    QString restricted(const SessionId& sid) { return text(u"SELECT restricted FROM auth_session WHERE sid = ?"_s, {sid}); }
    int count(const QString& sql, const Params& params = {}) { return db->one(sql, params)->number(0); }
    int audits(const QString& action) { return count(u"SELECT COUNT(*) FROM audit_event WHERE action = ?"_s, {action}); }
    int published(const QString& topic) { return count(u"SELECT COUNT(*) FROM outbox WHERE topic = ?"_s, {topic}); }
    QStringList violations()
    {
        QStringList out;
        for (const Violation& v : checkInvariants(*db, clock.now()))
            out << v.rule + u' ' + v.entityId;
        return out;
    }

private:
    struct Person {
        UserId id;
        Role role = Role::Staff;
        std::optional<VendorId> vendor;
    };
    VendorId vendor(Txn& txn, const QString& code)
    {
        NewVendor v;
        v.code = code;
        v.name = code;
        v.payoutCurrency = u"KRW"_s;
        v.tz = u"Asia/Seoul"_s;
        return createVendor(txn, v).id;
    }

    QTemporaryDir m_dir;
    std::map<QString, Person> m_users;
    int m_requests = 0;
};

} // namespace naru::test
