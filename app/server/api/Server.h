// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/store/ReadPool.h"
#include "server/store/Writer.h"

namespace naru::server {

class ReservationEngine;
class Cancellations;
class TicketWaiters;
class AuthService;
class EventHub;
class SecurityWatch;
struct Config;

// What handlers work with. Built and owned by the composition root (tools/Node.h); outlives every request.
struct Server {
    const Config& config;
    const Clock& clock;
    Rng& rng;
    Writer& writer;
    ReadPool& reads;
    AuthService& auth;
    ReservationEngine& engine;
    Cancellations& cancellations;
    TicketWaiters& waiters;
    EventHub& events;
    SecurityWatch& security;
};

// Each area declares its routes; api/Routes.cpp joins them into the one table that the router, the OpenAPI test and the
// tenant test walk.
std::vector<Route> systemRoutes(); // /livez /readyz /v1/server /openapi.json
std::vector<Route> authRoutes();
std::vector<Route> catalogueRoutes();
std::vector<Route> orderRoutes();
std::vector<Route> reservationRoutes();
std::vector<Route> ticketBatchRoutes();
std::vector<Route> cancellationRoutes();
std::vector<Route> slotRoutes();
std::vector<Route> stockRoutes();
std::vector<Route> waitlistRoutes();
std::vector<Route> homeRoutes();
std::vector<Route> securityRoutes(); // one's own sessions and devices, and those of others
std::vector<Route> conflictRoutes();
std::vector<Route> handoverRoutes(); // drafts from a displaced console to the one that displaced it
std::vector<Route> auditRoutes();
std::vector<Route> credentialRoutes(); // code generator, recovery codes, password
const std::vector<Route>& allRoutes();

} // namespace naru::server
