// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Accounts.h"

#include "server/api/Http.h"

namespace naru::server {

using namespace Qt::StringLiterals;

const QStringList& scopesOf(Role role)
{
    static const QStringList staff{u"catalog.read"_s, u"catalog.write"_s, u"stock.write"_s, u"vendor.manage"_s, u"customer.read"_s, u"customer.write"_s,
        u"order.read"_s, u"order.handle"_s, u"order.create"_s, u"reservation.read"_s, u"reservation.write"_s, u"session.own"_s, u"audit.read"_s};
    static const QStringList manager{u"catalog.read"_s, u"catalog.write"_s, u"stock.write"_s, u"order.read"_s, u"order.handle"_s, u"reservation.read"_s,
        u"reservation.write"_s, u"session.own"_s, u"session.review"_s, u"session.decide"_s, u"device.approve"_s, u"user.manage"_s, u"audit.read"_s};
    static const QStringList member{u"catalog.read"_s, u"catalog.write"_s, u"stock.write"_s, u"order.read"_s, u"order.handle"_s, u"reservation.read"_s,
        u"session.own"_s};
    static const QStringList support{u"catalog.read"_s, u"order.read"_s, u"order.handle"_s, u"reservation.read"_s, u"reservation.write"_s, u"session.own"_s,
        u"session.review"_s, u"session.decide"_s, u"device.approve"_s, u"audit.read"_s};
    static const QStringList admin{u"catalog.read"_s, u"order.read"_s, u"reservation.read"_s, u"session.own"_s, u"session.review"_s, u"session.decide"_s,
        u"device.approve"_s, u"user.manage"_s, u"key.rotate"_s, u"audit.read"_s};
    static const QStringList channel{u"catalog.read"_s, u"customer.read"_s, u"customer.write"_s, u"order.read"_s, u"order.create"_s, u"reservation.read"_s,
        u"reservation.write"_s, u"session.own"_s};
    switch (role) {
    case Role::Staff: return staff;
    case Role::VendorManager: return manager;
    case Role::VendorMember: return member;
    case Role::SupportAgent: return support;
    case Role::Admin: return admin;
    case Role::Channel: return channel;
    }
    return admin;
}

char actorLetter(Role role)
{
    switch (role) {
    case Role::Staff: return 'O';
    case Role::VendorManager:
    case Role::VendorMember: return 'V';
    case Role::SupportAgent: return 'U';
    case Role::Admin: return 'A';
    case Role::Channel: return 'C';
    }
    return 'A';
}

UserId createAccount(Txn& txn, const QString& login, const QString& displayName, Role role, std::optional<VendorId> vendor, const QString& phc, bool demo)
{
    Connection& db = txn.db();
    if (db.one(u"SELECT 1 FROM user_account WHERE login = ?"_s, {login}))
        throw ProblemError(409, "login-taken", u"there is already an account named %1"_s.arg(login));
    const bool needsVendor = role == Role::VendorManager || role == Role::VendorMember;
    if (needsVendor != vendor.has_value())
        throw ProblemError(422, "vendor-needed", u"vendor roles, and only they, belong to a vendor"_s);
    const UserId id = txn.newId<UserId>();
    db.exec(u"INSERT INTO user_account (id, login, display_name, status, role, vendor_id, demo) VALUES (?, ?, ?, 'active', ?, ?, ?)"_s,
        {id, login, displayName, protocol::wireText(role), Param(vendor), demo});
    db.exec(u"INSERT INTO auth_credential (user_id, kind, phc, changed_at) VALUES (?, 'password', ?, ?)"_s, {id, phc, txn.now()});
    db.exec(u"INSERT INTO session_head (user_id, sv) VALUES (?, 0)"_s, {id});
    if (vendor)
        db.exec(u"INSERT INTO vendor_member (vendor_id, user_id, role) VALUES (?, ?, ?)"_s,
            {*vendor, id, Param(role == Role::VendorManager ? "manager" : "editor")});
    txn.audit(u"auth.account.created"_s, u"user"_s, id.value, protocol::json::object{{"login", protocol::utf8(login)}, {"role", protocol::wireName(role)}});
    return id;
}

void changePassword(Txn& txn, const UserId& user, const QString& phc)
{
    if (txn.db().exec(u"UPDATE auth_credential SET phc = ?, changed_at = ? WHERE user_id = ? AND kind = 'password'"_s, {phc, txn.now(), user}) != 1)
        notFound();
    txn.audit(u"auth.password.changed"_s, u"user"_s, user.value, protocol::json::object{});
}

std::vector<DemoAccount> demoAccounts(Connection& db)
{
    std::vector<DemoAccount> out;
    for (const Row& row : db.query(u"SELECT u.login, u.display_name, u.role, COALESCE(v.name, '') FROM user_account u LEFT JOIN vendor v ON v.id = u.vendor_id "
                                   "WHERE u.demo = 1 AND u.status = 'active' AND u.role <> 'channel' "
                                   "ORDER BY CASE WHEN u.login LIKE 'vendor-%' THEN 1 ELSE 0 END, u.id LIMIT 100"_s)) {
        DemoAccount account;
        account.login = row.text(0);
        account.displayName = row.text(1);
        account.role = protocol::fromWire<Role>(row.text(2)).value_or(Role::Staff);
        account.vendorName = row.text(3);
        account.secret = QString::fromLatin1(kDemoPassword);
        out.push_back(account);
    }
    return out;
}

} // namespace naru::server
