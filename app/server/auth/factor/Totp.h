// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// One-time codes of a code generator: SHA-1, six digits, 30 s, as every such program understands them. Pure functions. Any thread.
namespace naru::server {

std::string hotp(std::string_view secret, std::uint64_t counter, int digits = 6); // RFC 4226
std::int64_t totpStep(Instant at); // RFC 6238: the number of the 30 s
// The step a code is of: the present one, the one before or the next, and later than `lastStep`, for a code counts once. Takes as long for
// any code.
std::optional<std::int64_t> stepOfCode(std::string_view secret, std::string_view code, Instant now, std::int64_t lastStep);

std::string toBase32(std::string_view bytes); // RFC 4648, without padding
// What a code generator reads, also as a QR code.
QString otpauthUri(const QString& issuer, const QString& login, std::string_view secret);

} // namespace naru::server
