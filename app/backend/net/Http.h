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

struct HttpRequest {
    Verb verb = Verb::Get;
    QString path; // "/v1/products"
    QueryItems query;
    std::string body;
    QByteArray contentType = QByteArrayLiteral("application/json");
    QByteArray bearer; // empty: none
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};

struct HttpAnswer {
    int status = 0; // 0: no answer, see error
    QByteArray contentType;
    QByteArray body;
    std::optional<Error> error; // transport only
    Millis took{0};

    bool ok() const { return status >= 200 && status < 300; }
    std::string_view text() const { return {body.constData(), static_cast<std::size_t>(body.size())}; }
    // The reason of an answer that is not ok().
    Error problem() const;
};

} // namespace naru::backend
