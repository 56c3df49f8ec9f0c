// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/auth/factor/Seal.h"
#include "server/store/Txn.h"

// What an account can verify itself with besides its password: a code generator and recovery codes. Within the caller's transaction; who
// may call, how often, and what the audit log says of it is the caller's.
namespace naru::server {

// "totp" and "recovery" where enrolled (and not used up), and always "password", in this order.
QStringList factorsOf(Connection& db, const UserId& user);
// Whether the code of this factor ("totp", "recovery") is right. A right one is used up by that.
bool useFactor(Txn& txn, const Seal& seal, const UserId& user, const QString& factor, const QString& code);

// A new secret. A generator that is enrolled already counts until the new one is confirmed.
TotpSecret enrolTotp(Txn& txn, const Seal& seal, Rng& rng, const UserId& user, const QString& issuer, const QString& login);
// The first code of the new secret makes it the one that counts. False: wrong code, or nothing to confirm.
bool confirmTotp(Txn& txn, const Seal& seal, const UserId& user, const QString& code);
// Ten new ones; the old ones are worth nothing any more.
RecoveryCodes makeRecoveryCodes(Txn& txn, Rng& rng, const UserId& user);

} // namespace naru::server
