// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <mutex>
#include <unordered_map>

namespace naru::server {

// E9: one session used from two networks within a minute. Remembers for each session where it was seen last, of each address family (a
// machine may have both). Any thread; bounded: what was not seen for a minute is forgotten when many are known.
class ParallelUse {
public:
    // `prefix`: networkOf(address). Fires once for a session until it was quiet for a minute.
    std::optional<FiredRule> seen(const SessionId& sid, const QString& prefix, Instant now);
    std::size_t size() const;

private:
    struct Place {
        QString prefix;
        Instant at{};
    };
    struct Places {
        Place v4;
        Place v6;
        bool fired = false;
    };
    void forgetOld(Instant now);

    mutable std::mutex m_lock;
    std::unordered_map<SessionId, Places> m_sessions;
};

} // namespace naru::server
