// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_auth/Parts.h"

namespace naru::bench {

struct AuthFindings {
    QString machine;
    bool quick = false;
    int rounds = 0;
    VerifyResult verify;
    SignInResult signIns;
    DiscoveryResult discovery;
    StormResult storm;
};

struct AuthGoal {
    QString id; // of auth.md §4
    QString words;
    QString value;
    QString asked;
    bool met = false;
};
std::vector<AuthGoal> goals(const AuthFindings& f);
QString markdown(const AuthFindings& f);

} // namespace naru::bench
