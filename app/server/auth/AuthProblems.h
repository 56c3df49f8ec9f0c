// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "protocol/Problem.h"

// The problem answers of sign-in and sessions.
namespace naru::server {

protocol::Problem authProblem(int status, const char* code, const char* detail, std::optional<int> retryAfterSeconds = {});
// 401 session-displaced {at, by: {device, place}}, session-expired-idle, session-expired-absolute, session-signed-out, session-revoked.
protocol::Problem endedProblem(const SessionEnded& how);

} // namespace naru::server
