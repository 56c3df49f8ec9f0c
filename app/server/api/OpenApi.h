// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace naru::server {

// app/server/api/openapi.json, compiled in: the truth about the interface. Held against the running server by tst_OpenApi.
std::string_view openApiDocument();
// The query parameters of an operation; nothing when the document does not know it.
std::optional<std::set<std::string>> declaredQuery(std::string_view method, std::string_view pattern);

} // namespace naru::server
