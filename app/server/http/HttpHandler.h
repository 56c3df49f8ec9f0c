// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

namespace naru::server {

// What the HTTP adapter hands requests to. Called on the adapter's threads; must not block them.
class HttpHandler {
public:
    virtual ~HttpHandler() = default;
    // The head has arrived, the body has not: may fill in the principal, or refuse with an answer.
    virtual std::optional<Response> admit(Request& head) = 0;
    virtual void handle(Request request, Respond respond) = 0;
};

} // namespace naru::server
