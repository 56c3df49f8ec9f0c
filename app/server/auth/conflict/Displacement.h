// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/store/Txn.h"

namespace naru::server {

// A sign-in has just ended another device's session of the same person.
struct Displacement {
    UserId user;
    SessionId oldSid;
    SessionId newSid;
    Instant oldLastActivity{};
};
// Whether somebody should look at it (auth.md §2.12 E5, E6, §2.18), and whether the next one is asked first: two devices that took the session
// from each other three times within ten minutes. Same person, other known computer leaves no more than history. Writer thread.
void judgeDisplacement(Txn& txn, const Displacement& what);

} // namespace naru::server
