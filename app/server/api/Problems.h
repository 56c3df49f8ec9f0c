// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

// Error answers (application/problem+json), made in one place.
namespace naru::server {

Response problemResponse(protocol::Problem problem, const QString& instance, const QString& requestId);
Response problemResponse(int status, const char* code, const QString& detail, const QString& requestId);
// The standard phrase of a status, as title and reason.
const char* statusPhrase(int status);

} // namespace naru::server
