// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace naru::proof {

// RFC 4648 §5 without padding. Decoding is strict: one text per value, so that no bit of a token can change unnoticed.
std::string toBase64Url(std::string_view bytes);
std::optional<std::string> fromBase64Url(std::string_view text);

std::string sha256(std::string_view bytes); // 32 bytes
std::string sha256Hex(std::string_view bytes); // 64 characters
std::string hmacSha256(std::string_view key, std::string_view bytes); // 32 bytes
bool sameSecret(std::string_view a, std::string_view b); // in constant time for equal lengths

} // namespace naru::proof
