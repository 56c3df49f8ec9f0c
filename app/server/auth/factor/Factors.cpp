// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/factor/Factors.h"

#include "server/auth/factor/RecoveryCodes.h"
#include "server/auth/factor/Totp.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kSecret = 20; // bytes, as long as the hash (RFC 4226 §4)

std::string contextOf(const UserId& user) { return "totp/" + user.toString().toStdString(); }

// The row's `sealed`: one secret, or "<the one that counts>.<the one to be confirmed>"; sealed texts have no full stop.
struct Secrets {
    std::string counts;
    std::string pending;
    std::int64_t lastStep = 0;
};

std::optional<Secrets> secretsOf(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT sealed, state, last_step FROM auth_factor WHERE user_id = ? AND kind = 'totp' FOR UPDATE"_s, {user});
    if (!row)
        return std::nullopt;
    const std::string sealed = row->text(0).toStdString();
    if (row->text(1) == u"pending")
        return Secrets{{}, sealed, 0};
    const std::size_t stop = sealed.find('.');
    return Secrets{sealed.substr(0, stop), stop == std::string::npos ? std::string() : sealed.substr(stop + 1), row->integer(2)};
}

bool useTotp(Txn& txn, const Seal& seal, const UserId& user, const QString& code)
{
    const auto secrets = secretsOf(txn.db(), user);
    const auto secret = secrets && !secrets->counts.empty() ? seal.open(secrets->counts, contextOf(user)) : std::nullopt;
    if (!secret)
        return false;
    const auto step = stepOfCode(*secret, code.trimmed().toStdString(), txn.now(), secrets->lastStep);
    if (step)
        txn.db().exec(u"UPDATE auth_factor SET last_step = ? WHERE user_id = ? AND kind = 'totp'"_s, {*step, user});
    return step.has_value();
}

} // namespace

QStringList factorsOf(Connection& db, const UserId& user)
{
    QStringList out;
    if (db.one(u"SELECT 1 FROM auth_factor WHERE user_id = ? AND kind = 'totp' AND state = 'active'"_s, {user}))
        out << u"totp"_s;
    if (db.one(u"SELECT 1 FROM auth_recovery_code WHERE user_id = ? AND used_at IS NULL LIMIT 1"_s, {user}))
        out << u"recovery"_s;
    return out << u"password"_s;
}

bool useFactor(Txn& txn, const Seal& seal, const UserId& user, const QString& factor, const QString& code)
{
    if (factor == u"totp")
        return useTotp(txn, seal, user, code);
    if (factor == u"recovery")
        return txn.db().exec(u"UPDATE auth_recovery_code SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL"_s,
                   {txn.now(), user, recoveryHash(user, code)}) == 1;
    return false;
}

TotpSecret enrolTotp(Txn& txn, const Seal& seal, Rng& rng, const UserId& user, const QString& issuer, const QString& login)
{
    std::string secret(kSecret, '\0');
    rng.fill(reinterpret_cast<unsigned char*>(secret.data()), secret.size());
    const std::string sealed = seal.seal(secret, contextOf(user), rng);
    const auto before = secretsOf(txn.db(), user);
    if (before && !before->counts.empty()) {
        txn.db().exec(u"UPDATE auth_factor SET sealed = ? WHERE user_id = ? AND kind = 'totp'"_s, {Param(before->counts + '.' + sealed), user});
    } else {
        txn.db().exec(u"DELETE FROM auth_factor WHERE user_id = ? AND kind = 'totp'"_s, {user});
        txn.db().exec(u"INSERT INTO auth_factor (user_id, kind, sealed, state, last_step, created_at) VALUES (?, 'totp', ?, 'pending', 0, ?)"_s,
            {user, Param(sealed), txn.now()});
    }
    return {QString::fromStdString(toBase32(secret)), otpauthUri(issuer, login, secret)};
}

bool confirmTotp(Txn& txn, const Seal& seal, const UserId& user, const QString& code)
{
    const auto secrets = secretsOf(txn.db(), user);
    const auto secret = secrets && !secrets->pending.empty() ? seal.open(secrets->pending, contextOf(user)) : std::nullopt;
    const auto step = secret ? stepOfCode(*secret, code.trimmed().toStdString(), txn.now(), 0) : std::nullopt;
    if (!step)
        return false;
    txn.db().exec(u"UPDATE auth_factor SET sealed = ?, state = 'active', last_step = ?, created_at = ? WHERE user_id = ? AND kind = 'totp'"_s,
        {Param(secrets->pending), *step, txn.now(), user});
    return true;
}

RecoveryCodes makeRecoveryCodes(Txn& txn, Rng& rng, const UserId& user)
{
    txn.db().exec(u"DELETE FROM auth_recovery_code WHERE user_id = ?"_s, {user});
    RecoveryCodes out;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        out.codes << makeRecoveryCode(rng);
        txn.db().exec(u"INSERT INTO auth_recovery_code (user_id, code_hash) VALUES (?, ?)"_s, {user, recoveryHash(user, out.codes.last())});
    }
    return out;
}

} // namespace naru::server
