// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

// How far a device is trusted (auth.md §2.11). A pure rule; any thread.
namespace naru::server {

inline constexpr Millis kPostureEvery{15 * 60'000}; // a console reports so often
inline constexpr Millis kPostureMissed{2 * kPostureEvery + Millis{60'000}}; // two reports are missing, one minute for the way

struct Tier {
    int tier = 0; // 0 unknown … 3 hardware key
    QStringList reasons; // why not a higher one
    friend bool operator==(const Tier&, const Tier&) = default;
};

// `storage`: as registered. What a machine says of itself may lower the tier and never raises it; what it does not know counts neither way.
// `heardAt`: its last report, or when the session began, if that is later: what was away has missed nothing. Of an active device.
Tier tierOf(KeyStorage storage, const std::vector<PostureSignal>& posture, Instant heardAt, Instant now);
inline Instant heardAt(const std::optional<Instant>& postureAt, Instant since) { return postureAt ? std::max(*postureAt, since) : since; }

// A protection that a report says is missing; nothing for those that are on, unknown, or say nothing about trust.
std::optional<QString> faultOf(const PostureSignal& signal, KeyStorage registered);
// The program's own files were changed: its session ends (E10).
bool integrityBroken(const std::vector<PostureSignal>& posture);

} // namespace naru::server
