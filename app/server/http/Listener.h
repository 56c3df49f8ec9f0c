// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "server/config/Config.h"
#include "server/http/HttpHandler.h"

#include <memory>

namespace naru::server {

// The HTTP server: two threads that accept and serve connections. start and stop on one thread. Answers may still come after
// stop (they are thrown away), so it must be destroyed after everything that answers. Owned by the composition root.
class Listener {
public:
    explicit Listener(const Config& config);
    ~Listener(); // stops

    // Errors: kind Invalid or Storage, with the address or file in the detail.
    Result<Done> start(HttpHandler& handler);
    void stop(); // no new connections; open requests may end, at most Config::drainTimeout; streams end at once

    int port() const;
    int openConnections() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::server
