// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

// The request target, taken apart strictly: what is doubtful is refused, never repaired.
namespace naru::server {

struct Target {
    std::string path; // decoded
    std::map<std::string, std::string> query; // decoded
};

// Empty optional and `why` filled: malformed escapes, control characters, invalid UTF-8, "%2F" in the path, repeated keys.
std::optional<Target> parseTarget(std::string_view target, std::string& why);
// application/x-www-form-urlencoded text: a query, or the body of a form. Repeated keys are refused.
std::optional<std::map<std::string, std::string>> parseForm(std::string_view text, std::string& why);
// For building targets: everything but unreserved characters as %XX.
std::string percentEncode(std::string_view text);

} // namespace naru::server
