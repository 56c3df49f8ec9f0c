// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <array>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace naru::server {

inline constexpr Millis kReadWindow{10 * 60'000};
inline constexpr std::int64_t kReadsAlways = 1'000; // records within ten minutes that need no look

// E13: how much is read with each session within the last ten minutes, and by each person in whole windows of ten minutes, which say what is usual
// for him once they are written down. Any thread; bounded: sessions that read nothing for ten minutes are forgotten when many are known.
class ReadRate {
public:
    struct Window {
        UserId user;
        Instant startsAt{};
        std::int64_t records = 0;
    };
    // Nothing: no need to look. Else how many records within ten minutes: more than kReadsAlways, and not looked at for half a minute.
    std::optional<std::int64_t> read(const SessionId& sid, const UserId& user, std::int64_t records, Instant now);
    // The person has verified himself: counted from nothing again.
    void restart(const SessionId& sid);
    // Whole windows that are over; each is given out once.
    std::vector<Window> takeEnded(Instant now);
    std::size_t size() const;

private:
    static constexpr int kPieces = 10; // minutes
    struct Reading {
        std::array<std::int64_t, kPieces> minutes{};
        std::int64_t newest = 0; // minute since 1970
        Instant lookedAt{};
    };
    struct Open {
        std::int64_t window = 0; // since 1970
        std::int64_t records = 0;
    };
    void forgetOld(std::int64_t minute);
    void count(const UserId& user, std::int64_t records, Instant now);

    mutable std::mutex m_lock;
    std::unordered_map<SessionId, Reading> m_sessions;
    std::unordered_map<UserId, Open> m_open;
    std::vector<Window> m_ended;
};

} // namespace naru::server
