// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/http/Deadline.h"
#include "server/http/Wire.h"

#include <atomic>

namespace naru::server {

// Moves an endless body onto a connection at a measured pace: what is ready goes out at once after a pause, else together,
// at most ten times a second. On the wire's strand, except the wake of the body.
class StreamPump : public std::enable_shared_from_this<StreamPump> {
public:
    StreamPump(Wire& wire, std::shared_ptr<StreamBody> body, Millis writeTimeout, bool chunked);
    ~StreamPump();

    // `owner` is kept alive by open writes. `over` once: the stream has ended or cannot be written any more.
    void start(std::weak_ptr<void> owner, std::function<void()> over);
    void end(); // sends the last piece, then over
    void gone(); // the connection is closed: nothing may be touched any more

private:
    void woken();
    void pump();
    void write();
    void written(bool failed);
    void scheduleBeat();

    Wire* m_wire; // null once gone; owned by the connection that owns this
    std::shared_ptr<StreamBody> m_body; // owners: this and the answer it came from
    const Millis m_writeTimeout;
    const bool m_chunked;
    std::weak_ptr<void> m_owner;
    std::function<void()> m_over;
    Deadline m_limit; // of the write at hand, else the pause after it
    Deadline m_beat;
    std::vector<StreamBody::Piece> m_pieces;
    std::string m_size; // of the chunk being written
    std::atomic_bool m_wakePosted = false;
    bool m_writing = false;
    bool m_paused = false;
    bool m_beatDue = false;
    bool m_ending = false;
    bool m_lastSent = false;
};

} // namespace naru::server
