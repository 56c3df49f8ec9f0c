// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "server/store/Txn.h"

// People and service accounts: what their role may do, and how they come to be.
namespace naru::server {

inline constexpr char kDemoPassword[] = "naru-demo-2026";

const QStringList& scopesOf(Role role);
char actorLetter(Role role); // of the transition table: O V U A C

// With credential and session head, so that a first sign-in never has to insert one. `phc` from hashPassword(). Throws
// ProblemError 409 "login-taken".
UserId createAccount(Txn& txn, const QString& login, const QString& displayName, Role role, std::optional<VendorId> vendor, const QString& phc,
    bool demo = false);
// New password of an existing account; ends nothing by itself.
void changePassword(Txn& txn, const UserId& user, const QString& phc);

// The accounts the seed made, for a demo server on loopback: people first, then one manager per vendor. No service accounts.
std::vector<DemoAccount> demoAccounts(Connection& db);

} // namespace naru::server
