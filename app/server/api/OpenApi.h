// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace naru::server {

// app/server/api/openapi.json, compiled in: the truth about the interface. Held against the running server by tst_OpenApi.
std::string_view openApiDocument();

} // namespace naru::server
