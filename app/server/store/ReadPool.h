// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

namespace naru::server {

// A few threads, each with a read-only connection. Work sees one consistent snapshot (it runs in a deferred transaction).
class ReadPool {
public:
    virtual ~ReadPool() = default;
    // Any thread. False: too much is waiting (503 busy). `work` must not throw.
    virtual bool submit(std::function<void(Connection&)> work) = 0;
    virtual void stop() = 0;
};

} // namespace naru::server
