// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/Config.h"
#include "server/http/HttpHandler.h"
#include "server/http/Wire.h"

#include <atomic>

namespace naru::server {

// What the connections of one listener share.
struct ConnectionShared {
    ConnectionShared(const Config& c, HttpHandler& h) : config(c), handler(h) {}

    const Config& config;
    HttpHandler& handler;
    std::atomic<std::uint64_t> nextRequest = 1;
    std::string requestPrefix; // differs from start to start
    std::function<void(const void* connection)> closed; // any io thread
};

// One client's connection: requests one after the other, with all limits and times; then perhaps an event stream. Lives on
// its wire's strand; kept alive by its open operations. start and the two ends may be called from any thread.
class HttpConnection {
public:
    virtual ~HttpConnection() = default;
    virtual void start() = 0;
    virtual void drain() = 0; // ends after the request at hand, streams at once
    virtual void kill() = 0;

    static std::shared_ptr<HttpConnection> make(std::unique_ptr<Wire> wire, ConnectionShared& shared);
};

} // namespace naru::server
