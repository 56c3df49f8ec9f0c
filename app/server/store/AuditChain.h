// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <mutex>

namespace naru::server {

// How far the hash chain of the audit trail was followed. A plain value.
struct ChainPlace {
    std::int64_t seq = 0; // the last line that was recomputed and is as it was sealed
    QString hash; // its seal
    std::optional<std::int64_t> brokenAt; // the first line that is missing or not what was sealed; nothing behind it can be judged
    bool atEnd = false;
};

// Recomputes the seals of at most `most` lines behind `place`. Any connection. Throws StoreError.
void followChain(Connection& db, ChainPlace& place, std::int64_t most);

// Looks at the chain piece by piece, so that no reader is held for long, whatever the length of the trail: each call goes on where the one
// before stopped, at the end for what is new and from the beginning again for what somebody may have changed since. Any thread; owned by
// the composition root.
class AuditChain {
public:
    struct View {
        std::int64_t from = 0;
        std::int64_t unbrokenTo = 0;
        std::optional<std::int64_t> brokenAt;
    };
    explicit AuditChain(std::int64_t linesACall = 20'000) : m_most(linesACall) {}
    View look(Connection& db);

private:
    const std::int64_t m_most;
    std::mutex m_walk; // guards the next two
    ChainPlace m_head; // goes to the end
    ChainPlace m_again; // starts anew whenever it has caught up
    std::mutex m_lock;
    View m_view;
};

} // namespace naru::server
