// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Session.h"
#include "server/api/Http.h"

#include <deque>
#include <shared_mutex>
#include <unordered_map>

namespace naru::server {

// Whose stream it is.
struct Reader {
    std::optional<VendorId> vendor; // none: the operator's side
    UserId user;
    bool reviews = false; // sessions of others
};

// One committed event, ready to send.
struct Frame {
    std::int64_t seq = 0;
    std::optional<VendorId> vendor; // who may see it besides the operator's side
    StreamBody::Piece bytes; // owners: the ring and every write at hand; empty: not for streams, only its number counts
    // The same for the vendor, customers' names masked; empty: `bytes` names nobody. Nothing: not made yet, no vendor was listening.
    std::optional<StreamBody::Piece> masked;
    std::optional<UserId> only; // for this person and nobody else
    bool review = false; // only for those who review sessions
};

// A server-sent event frame. id 0: none, so that a resuming client does not ask for it.
StreamBody::Piece makeFrame(std::int64_t id, const std::string& topic, const std::string& data);

// Payloads are written once with the customer's full name, for the operator's side; a vendor's stream gets the frame masked. Empty: it
// names nobody.
StreamBody::Piece maskedFrame(const std::string& frame);

// The newest events, shared by all streams: a stream keeps only its place. Bounded in bytes; who falls out of it gets "reset".
// Any thread.
class EventRing {
public:
    explicit EventRing(std::size_t maxBytes) : m_maxBytes(maxBytes) {}

    // Everything after `floor` will be appended; what is older is not here.
    void begin(std::int64_t floor);
    void append(std::vector<Frame> frames); // ascending seq
    std::int64_t newest() const;

    // Appends the frames after `cursor` that this reader may see, and moves the cursor.
    void read(std::int64_t& cursor, const Reader& reader, std::vector<StreamBody::Piece>& out, std::size_t maxBytes) const;

private:
    const std::size_t m_maxBytes;
    mutable std::shared_mutex m_lock;
    std::deque<Frame> m_frames;
    std::int64_t m_floor = 0; // frames with a higher seq are here
    std::int64_t m_newest = 0;
    std::size_t m_bytes = 0;
};

} // namespace naru::server
