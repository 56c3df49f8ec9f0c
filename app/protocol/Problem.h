// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"

// Error answers, RFC 9457 (application/problem+json). `type` is urn:naru:problem:<code>.
namespace naru::protocol {

struct Problem {
    int status = 500;
    QString code;
    QString title;
    QString detail;
    QString instance;
    QString requestId;
    std::vector<FieldError> errors;
    std::optional<int> retryAfterSeconds;
    json::object extra; // further members of this code, e.g. "current" of version-mismatch
};

json::object toJson(const Problem& problem);
// Lenient: a body that is no problem document becomes code "http-<status>".
Error toError(int httpStatus, std::string_view contentType, std::string_view body);

} // namespace naru::protocol
