// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Time.h"
#include "server/store/Cell.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace naru::server {

// A statement failed. Thrown inside this target only; the writer and the read pool turn it into an answer.
// Busy: another node was in the way (deadlock, serialization, a lock too long taken): the same again may succeed.
// Io: the connection or the file is gone; nothing was changed. Unknown: it went while committing: done or not, nobody knows yet.
class StoreError : public std::runtime_error {
public:
    enum class Kind { Constraint, Busy, DiskFull, ReadOnly, Io, Corrupt, Other, Unknown };
    StoreError(Kind k, const std::string& what) : std::runtime_error(what), kind(k) {}
    Kind kind;
};

enum class Engine { Sqlite, Postgres };

// A bound value. Ids are bound as their text, instants as Unix milliseconds, booleans as 0/1, empty optionals as NULL (of the
// optional's own type), a list of texts as the array of `x = ANY(?)`.
class Param {
public:
    enum class Type : std::uint8_t { Unknown, Integer, Text, TextList }; // Unknown: a bare NULL, typed by where it stands

    Param(std::nullptr_t) {}
    Param(bool v) : m_type(Type::Integer), m_v(static_cast<std::int64_t>(v ? 1 : 0)) {}
    Param(int v) : m_type(Type::Integer), m_v(static_cast<std::int64_t>(v)) {}
    Param(std::int64_t v) : m_type(Type::Integer), m_v(v) {}
    Param(QString v) : m_type(Type::Text), m_v(std::move(v)) {}
    Param(const char* v) : m_type(Type::Text), m_v(std::string(v)) {} // texts of eight bits are UTF-8
    Param(std::string_view v) : m_type(Type::Text), m_v(std::string(v)) {}
    Param(std::string v) : m_type(Type::Text), m_v(std::move(v)) {}
    Param(const QStringList& v) : m_type(Type::TextList), m_v(v) {}
    Param(Instant v) : m_type(Type::Integer), m_v(static_cast<std::int64_t>(toUnixMs(v))) {}
    Param(const Id128& v) : m_type(Type::Text), m_v(v) {}
    template <class Tag> Param(const Id<Tag>& v) : Param(v.value) {}
    template <class T> Param(const std::optional<T>& v)
    {
        if (v)
            *this = Param(*v);
        else
            m_type = Param(T{}).m_type;
    }

    Type type() const { return m_type; }
    bool isNull() const { return std::holds_alternative<std::monostate>(m_v); }
    // Each only for its own type and not for NULL.
    std::int64_t integer() const { return std::get<std::int64_t>(m_v); }
    QString text() const;
    void appendUtf8(std::string& out) const; // the text, or the digits of an integer
    const QStringList& list() const { return std::get<QStringList>(m_v); }

private:
    Type m_type = Type::Unknown;
    std::variant<std::monostate, std::int64_t, QString, std::string, Id128, QStringList> m_v;
};

// One result row; columns by position.
class Row {
public:
    explicit Row(std::vector<Cell> columns) : m_c(std::move(columns)) {}
    bool isNull(int i) const { return at(i).isNull(); }
    QString text(int i) const { return at(i).text(); }
    std::int64_t integer(int i) const { return at(i).integer(); }
    int number(int i) const { return static_cast<int>(integer(i)); }
    bool flag(int i) const { return integer(i) != 0; }
    double real(int i) const { return at(i).real(); }
    Instant instant(int i) const { return fromUnixMs(integer(i)); }
    std::optional<Instant> maybeInstant(int i) const { return isNull(i) ? std::nullopt : std::optional(instant(i)); }
    std::optional<std::int64_t> maybeInteger(int i) const { return isNull(i) ? std::nullopt : std::optional(integer(i)); }
    template <class AnyId> AnyId id(int i) const { return AnyId::parse(QStringView(text(i))).value_or(AnyId{}); }
    template <class AnyId> std::optional<AnyId> maybeId(int i) const { return isNull(i) ? std::nullopt : std::optional(id<AnyId>(i)); }
    std::size_t size() const { return m_c.size(); }
    const Cell& at(int i) const { return m_c.at(static_cast<std::size_t>(i)); }

private:
    std::vector<Cell> m_c;
};
using Rows = std::vector<Row>;
using Params = std::vector<Param>;

// One of several that are asked together.
struct Question {
    QString sql;
    Params params;
};

// Many rows of one table for one round trip. `cells` row by row: cells.size() is a multiple of columns.size().
struct RowBlock {
    enum class Type : std::uint8_t { Text, BigInt, SmallInt }; // BigInt also fits INTEGER columns
    struct Column {
        const char* name;
        Type type;
    };
    const char* table;
    std::vector<Column> columns;
    Params cells;

    void add(std::initializer_list<Param> row) { cells.insert(cells.end(), row); }
    template <class... Cells> void append(Cells&&... row) { (cells.emplace_back(std::forward<Cells>(row)), ...); } // the same, nothing copied twice
    std::size_t rows() const { return columns.empty() ? 0 : cells.size() / columns.size(); }
};

// SQL text in, rows out: the seam between the server and its engine (test builds replace it). The texts are the same on both
// engines, with `?` for values; of what differs, `= ANY(?)` / `<> ALL(?)` with a list and ` FOR [NO KEY] UPDATE` (also SKIP LOCKED) at the
// end of a SELECT are understood by both. One connection belongs to the thread that opened it. Statements are prepared once
// per text and kept. Every call throws StoreError.
class Connection {
public:
    virtual ~Connection() = default;
    virtual Engine engine() const { return Engine::Sqlite; }
    virtual bool usable() const { return true; } // false: lost for good, its owner opens another
    virtual Rows query(const QString& sql, const Params& params = {}) = 0;
    virtual std::int64_t exec(const QString& sql, const Params& params = {}) = 0; // rows changed
    // exec whose number nobody asks for. PostgreSQL may send it together with the next statement, as insertRows does.
    virtual void post(const QString& sql, const Params& params = {}) { exec(sql, params); }
    // The answers to all, in their order. PostgreSQL is asked everything in one round trip.
    virtual std::vector<Rows> queries(const std::vector<Question>& questions);
    // The first row, or nothing.
    std::optional<Row> one(const QString& sql, const Params& params = {})
    {
        Rows rows = query(sql, params);
        return rows.empty() ? std::nullopt : std::optional<Row>(std::move(rows.front()));
    }

    // INSERT of every row of the block. PostgreSQL may send it together with the next statement: an error then comes from that
    // one, at the latest from release() or commit().
    virtual void insertRows(const RowBlock& block);
    // One UPDATE per row: the first `keys` columns say which row (a NULL key finds none), the others what is set; a column may be
    // among both (version: guarded and raised). The returned number is of rows changed: compare it with block.rows().
    virtual std::int64_t updateRows(const RowBlock& block, std::size_t keys);
    // updateRows of rows that are all there, locked and read in this transaction: StoreError Busy if one is not as it was read.
    // PostgreSQL may send it as insertRows does.
    virtual void updateEach(const RowBlock& block, std::size_t keys);

    // Transactions. Reading: one snapshot for all that follows, and no changes.
    enum class Access { Write, Read };
    virtual void begin(Access access) = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;
    // Inside a transaction; they nest.
    virtual void savepoint(const char* name);
    virtual void release(const char* name);
    virtual void rollbackTo(const char* name); // and forget it

    // Several statements separated by ";" at line ends (migrations).
    virtual void script(const QString& sql) = 0;

protected:
    static void requireEach(std::int64_t changed, const RowBlock& block);
    static QString insertText(const RowBlock& block);
    static QString updateText(const RowBlock& block, std::size_t keys);
};

} // namespace naru::server
