// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <cassert>
#include <utility>
#include <variant>
#include <vector>

namespace naru {

enum class ErrorKind {
    Cancelled, Offline, Timeout, Unauthorized, Forbidden, NotFound, Conflict, Invalid, RateLimited,
    Server, Protocol, Storage, Keychain, Busy, ShuttingDown, Internal,
};

struct FieldError {
    QString field; // JSON pointer below the body, "/lines/0/qty"
    QString code;
    QString message;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

// Why something failed. Never translated here: ui/ErrorText makes the sentence from kind and code.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    int httpStatus = 0; // 0 when no answer was received
    QString code; // the problem code of the interface ("sold_out", "version-mismatch"), or an own one
    QString detail; // English, for logs and for "copy details"
    std::vector<FieldError> fields;
    bool retryable = false;
    int retryAfterSeconds = 0;
    QString requestId;
    QMap<QString, QString> facts; // further members of the problem that are texts or numbers: "device", "by_device", "sv"
    friend bool operator==(const Error&, const Error&) = default;
};

// A value or the reason why there is none; named as std::expected, which this language level lacks.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : m_v(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_v(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_v.index() == 0; }
    explicit operator bool() const { return has_value(); }
    const T& value() const& { assert(has_value()); return std::get<0>(m_v); }
    T& value() & { assert(has_value()); return std::get<0>(m_v); }
    T&& value() && { assert(has_value()); return std::get<0>(std::move(m_v)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const Error& error() const { assert(!has_value()); return std::get<1>(m_v); }
    Error& error() { assert(!has_value()); return std::get<1>(m_v); }

private:
    std::variant<T, Error> m_v;
};

struct Done {}; // the value of a Result that only says "it worked"

} // namespace naru
