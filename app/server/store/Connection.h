// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Time.h"

#include <QString>
#include <QVariant>
#include <functional>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <vector>

namespace naru::server {

// A statement failed. Thrown inside this target only; the writer and the read pool turn it into an answer.
class StoreError : public std::runtime_error {
public:
    enum class Kind { Constraint, Busy, DiskFull, ReadOnly, Io, Corrupt, Other };
    StoreError(Kind k, const std::string& what) : std::runtime_error(what), kind(k) {}
    Kind kind;
};

// A bound value. Ids are bound as their text, instants as Unix milliseconds, booleans as 0/1, empty optionals as NULL.
class Param {
public:
    Param(std::nullptr_t) {}
    Param(bool v) : m_v(v ? 1 : 0) {}
    Param(int v) : m_v(v) {}
    Param(std::int64_t v) : m_v(static_cast<qlonglong>(v)) {}
    Param(const QString& v) : m_v(v.isNull() ? QStringLiteral("") : v) {}
    Param(const char* v) : m_v(QString::fromUtf8(v)) {}
    Param(std::string_view v) : m_v(QString::fromUtf8(v.data(), static_cast<qsizetype>(v.size()))) {}
    Param(Instant v) : m_v(static_cast<qlonglong>(toUnixMs(v))) {}
    template <class Tag> Param(const Id<Tag>& v) : m_v(v.toString()) {}
    template <class T> Param(const std::optional<T>& v) { if (v) *this = Param(*v); }
    const QVariant& variant() const { return m_v; }

private:
    QVariant m_v;
};

// One result row; columns by position.
class Row {
public:
    explicit Row(std::vector<QVariant> columns) : m_c(std::move(columns)) {}
    bool isNull(int i) const { return at(i).isNull(); }
    QString text(int i) const { return at(i).toString(); }
    std::int64_t integer(int i) const { return at(i).toLongLong(); }
    int number(int i) const { return at(i).toInt(); }
    bool flag(int i) const { return at(i).toInt() != 0; }
    double real(int i) const { return at(i).toDouble(); }
    Instant instant(int i) const { return fromUnixMs(integer(i)); }
    std::optional<Instant> maybeInstant(int i) const { return isNull(i) ? std::nullopt : std::optional(instant(i)); }
    std::optional<std::int64_t> maybeInteger(int i) const { return isNull(i) ? std::nullopt : std::optional(integer(i)); }
    template <class AnyId> AnyId id(int i) const { return AnyId::parse(QStringView(text(i))).value_or(AnyId{}); }
    template <class AnyId> std::optional<AnyId> maybeId(int i) const { return isNull(i) ? std::nullopt : std::optional(id<AnyId>(i)); }
    std::size_t size() const { return m_c.size(); }
    const QVariant& at(int i) const { return m_c.at(static_cast<std::size_t>(i)); }

private:
    std::vector<QVariant> m_c;
};
using Rows = std::vector<Row>;
using Params = std::vector<Param>;

// SQL text in, rows out: the seam between the server and its engine (test builds replace it). One connection belongs to the
// thread that opened it. Statements are prepared once per text and kept. Every call throws StoreError.
class Connection {
public:
    virtual ~Connection() = default;
    virtual Rows query(const QString& sql, const Params& params = {}) = 0;
    virtual std::int64_t exec(const QString& sql, const Params& params = {}) = 0; // rows changed
    // The first row, or nothing.
    std::optional<Row> one(const QString& sql, const Params& params = {})
    {
        Rows rows = query(sql, params);
        return rows.empty() ? std::nullopt : std::optional<Row>(std::move(rows.front()));
    }
};

} // namespace naru::server
