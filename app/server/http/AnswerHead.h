// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

namespace naru::server {

// Status line and header fields of an answer, with the empty line at the end.
std::string answerHead(const Response& answer, const Request& request, bool keepAlive, bool chunked);

} // namespace naru::server
