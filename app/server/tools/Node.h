// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Result.h"
#include "server/config/Config.h"

#include <memory>

namespace naru::server {

struct Server;

// The composition root: builds store, writer, read pool, sign-in, engine, event hub and HTTP listener in this order and takes
// them down in the reverse one. Used by main and, with a clock of their own, by tests in this process. start, stop and the
// destructor belong to one thread; the parts run on theirs.
class Node {
public:
    // Steady: `clock` is a machine's; what has a deadline keeps its length when somebody sets it (SteadyWallClock).
    // AsGiven: `clock` is the time itself, moved by a test; also beside a database whose clock says something else.
    enum class TimeKeeping { Steady, AsGiven };
    Node(Config config, const Clock& clock, Rng& rng, TimeKeeping time = TimeKeeping::Steady);
    ~Node(); // stops
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    // Creates the data folder, brings the schema up to date, starts all threads and listens. After an error nothing runs.
    Result<Done> start();
    // Takes no new connections, lets open requests end (at most Config::drainTimeout), ends event streams, then the rest.
    void stop();

    int port() const; // the one really bound; 0 when not started
    bool isRunning() const;
    const Config& config() const;
    Server& server(); // only between start and stop

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::server
