// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/events/EventRing.h"
#include "server/store/Writer.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace naru::server {

// GET /v1/events. One thread puts each committed event into the ring once, as this server's writer hands it over, or read from the
// outbox when another server wrote it; the streams take from there at their own pace, so a slow reader costs nobody anything. Owned by the composition root.
class EventHub {
public:
    using Opener = std::function<std::unique_ptr<Connection>()>; // called on the hub's thread; may throw

    // Sessions that were opened or ended, by whichever server, as the outbox tells; on the hub's thread, with its connection.
    using SessionListener = std::function<void(Connection&, const SessionId&)>;

    EventHub(const Clock& clock, std::size_t bufferBytes);
    ~EventHub();

    void onSession(SessionListener listener); // before start
    using KeysListener = std::function<void(Connection&)>; // signing keys were made or revoked
    void onKeys(KeysListener listener); // before start

    // Reads the newest events back into the ring, so that streams resume over a restart. Empty text, or what went wrong.
    QString start(Opener open);
    void stop();

    void committed(Writer::Events events); // any thread: this server's writer committed these
    void committed(std::int64_t newestSeq); // any thread: something new to read
    // Tells the stream of this session why it ended and closes it. Any thread.
    void endSession(const SessionId& sid, const SessionEnded& how);
    // Something that is only for the stream of this session. Any thread.
    void tellSession(const SessionId& sid, const char* topic, const protocol::json::object& data);
    // The answer to GET /v1/events of a signed-in caller. Throws ProblemError.
    Response open(const Request& request);
    int streams() const;

private:
    class Stream;
    struct Core;
    void run(const Opener& open);
    void load(Connection& db);
    void readNew(Connection& db, std::int64_t upTo);
    void takeOver(Connection& db, const std::deque<Writer::Events>& handed);
    void append(Connection& db, const std::vector<OutboxEvent>& events);
    bool vendorsListen() const;
    void wakeAll();
    void wakeStreams(const std::vector<Frame>& fresh);

    const std::shared_ptr<Core> m_core; // owners: this and every stream
    SessionListener m_session;
    KeysListener m_keys;
    bool m_loading = true; // hub thread only: what is read back at the start is no news
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::int64_t m_target = 0;
    std::deque<Writer::Events> m_handed; // by the writer
    std::size_t m_handedCount = 0; // of events
    bool m_stopping = false;
    bool m_ready = false;
    QString m_trouble;
    std::thread m_thread;
};

} // namespace naru::server
