// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "core/Time.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Requests and answers without any library's types. Plain values.
namespace naru::backend {

enum class Verb { Get, Post, Patch, Delete, Put };

using QueryItems = std::vector<std::pair<QString, QString>>; // in a fixed order: it is part of a cache key
QByteArray encodedQuery(const QueryItems& items);
QByteArray verbName(Verb verb);
// IMF-fixdate (RFC 9110), as every server writes it today.
std::optional<Instant> httpDate(const QByteArray& text);

struct HttpRequest {
    Verb verb = Verb::Get;
    QString path; // "/v1/products"
    QueryItems query;
    std::string body;
    QByteArray contentType = QByteArrayLiteral("application/json");
    QByteArray accessToken; // empty: none
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};

struct HttpAnswer {
    int status = 0; // 0: no answer, see error
    QByteArray contentType;
    QByteArray body;
    std::optional<Error> error; // transport only
    Millis took{0};
    QByteArray nonce; // DPoP-Nonce: for the next proof
    std::optional<int> authAgeMs; // Naru-Auth-Age
    std::optional<Instant> serverTime; // Date, whole seconds

    bool ok() const { return status >= 200 && status < 300; }
    std::string_view text() const { return {body.constData(), static_cast<std::size_t>(body.size())}; }
    // The reason of an answer that is not ok().
    Error problem() const;
    // The server wants the request once more, under the nonce it gave.
    bool wantsNonce() const;
    // The access token is no longer good: another one may be.
    bool refusesToken() const;
};

} // namespace naru::backend
