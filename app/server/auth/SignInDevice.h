// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/AuthService.h"
#include "server/store/Txn.h"

namespace naru::server {

// What the device of a sign-in is allowed, once the password was right (auth.md §2.11). A device nobody knows is written down as pending; it
// becomes active by a second factor, by somebody's approval, or because it is the account's first, or a demo account's. Writer thread.
struct DeviceStanding {
    enum class Kind { Welcome, NeedsFactor, NeedsApproval, Refused };
    Kind kind = Kind::Refused;
    DeviceId device;
    QStringList factors; // NeedsFactor: what would do
};
// `factorShown`: a second factor was right.
DeviceStanding deviceAtSignIn(Txn& txn, const UserId& user, const SignInRequest& request, bool factorShown);

} // namespace naru::server
