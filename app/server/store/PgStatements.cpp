// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/PgConnection.h"

#include "server/store/PgValues.h"

#include <cerrno>
#include <libpq-fe.h>
#include <poll.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Rows rowsOf(const PGresult* answer)
{
    const int columns = PQnfields(answer);
    const int count = PQntuples(answer);
    std::vector<unsigned> types;
    for (int c = 0; c < columns; ++c)
        types.push_back(PQftype(answer, c));
    Rows rows;
    rows.reserve(static_cast<std::size_t>(count));
    for (int r = 0; r < count; ++r) {
        std::vector<Cell> cells;
        cells.reserve(types.size());
        for (int c = 0; c < columns; ++c) {
            if (PQgetisnull(answer, r, c))
                cells.emplace_back();
            else
                cells.push_back(pgCell(types[static_cast<std::size_t>(c)], PQgetvalue(answer, r, c), PQgetlength(answer, r, c)));
        }
        rows.emplace_back(std::move(cells));
    }
    return rows;
}

std::int64_t changedBy(PGresult* answer) { return QByteArray(PQcmdTuples(answer)).toLongLong(); }

template <class Bound> std::vector<Bound> bind(const Params& params)
{
    std::vector<Bound> out(params.size());
    for (std::size_t i = 0; i < params.size(); ++i) {
        const Param& p = params[i];
        Bound& b = out[i];
        b.null = p.isNull();
        switch (p.type()) {
        case Param::Type::Unknown: break;
        case Param::Type::Integer:
            b.type = pgtype::kInt8;
            b.binary = true;
            if (!b.null)
                b.bytes = pgInt8(p.integer());
            break;
        case Param::Type::Text:
            b.type = pgtype::kText;
            if (!b.null) {
                std::string utf8;
                p.appendUtf8(utf8);
                b.bytes = QByteArray::fromStdString(utf8);
            }
            break;
        case Param::Type::TextList:
            b.type = pgtype::kTextArray;
            b.binary = true;
            if (!b.null)
                b.bytes = pgTextArray(p.list());
            break;
        }
    }
    return out;
}

template <class Bound> std::vector<Bound> bind(const RowBlock& block)
{
    std::vector<Bound> out;
    for (auto& [type, bytes] : pgColumns(block))
        out.push_back({type, false, true, std::move(bytes)});
    return out;
}

QString columnNames(const RowBlock& block)
{
    QStringList list;
    for (const RowBlock::Column& c : block.columns)
        list << QString::fromLatin1(c.name);
    return list.join(u", "_s);
}

} // namespace

Rows PgConnection::query(const QString& sql, const Params& params)
{
    send(sql, bind<Bound>(params), Pending::What::Answer);
    return rowsOf(flush().get());
}

std::vector<Rows> PgConnection::queries(const std::vector<Question>& questions)
{
    for (const Question& question : questions)
        send(question.sql, bind<Bound>(question.params), Pending::What::Answer);
    std::vector<Answer> answers;
    if (!questions.empty())
        flush(&answers);
    std::vector<Rows> rows;
    rows.reserve(answers.size());
    for (const Answer& answer : answers)
        rows.push_back(rowsOf(answer.get()));
    return rows;
}

std::int64_t PgConnection::exec(const QString& sql, const Params& params)
{
    send(sql, bind<Bound>(params), Pending::What::Answer);
    return changedBy(flush().get());
}

void PgConnection::post(const QString& sql, const Params& params)
{
    send(sql, bind<Bound>(params), Pending::What::Block);
    if (!m_inTransaction)
        flush();
}

void PgConnection::insertRows(const RowBlock& block)
{
    if (block.rows() == 0)
        return;
    const Table& table = tableOf(block.table);
    if (table.arrayType == 0)
        throw StoreError(StoreError::Kind::Other, std::string("there is no table ") + block.table);
    const QString names = columnNames(block);
    const QString sql = u"INSERT INTO %1 (%2) SELECT %2 FROM unnest(?)"_s.arg(QString::fromLatin1(block.table), names);
    send(sql, {Bound{table.arrayType, false, true, QByteArray::fromStdString(pgRows(block, table))}}, Pending::What::Block);
    if (!m_inTransaction)
        flush();
    else if (PQflush(m_pg) < 0) // the server writes these while the next ones are being made
        lost();
}

const PgConnection::Table& PgConnection::tableOf(const char* name)
{
    if (const auto known = m_tables.find(name); known != m_tables.end())
        return known->second;
    Table table;
    for (const Row& row : query(u"SELECT a.attname, a.atttypid::int8, t.oid::int8, t.typarray::int8 FROM pg_class c JOIN pg_type t ON t.oid = c.reltype "
                                "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
                                "WHERE c.oid = to_regclass(?) ORDER BY a.attnum"_s,
             {name})) {
        table.index.emplace(row.text(0).toStdString(), table.columns.size());
        table.columns.push_back({row.text(0).toStdString(), static_cast<unsigned>(row.integer(1))});
        table.rowType = static_cast<unsigned>(row.integer(2));
        table.arrayType = static_cast<unsigned>(row.integer(3));
    }
    return m_tables.insert_or_assign(name, std::move(table)).first->second;
}

namespace {

QString updateAllText(const RowBlock& block, std::size_t keys)
{
    const QString table = QString::fromLatin1(block.table);
    QStringList sets;
    QStringList guards;
    QStringList aliases;
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
        const QString name = QString::fromLatin1(block.columns[i].name);
        const QString alias = u"c%1"_s.arg(i);
        aliases << alias;
        if (i < keys)
            guards << u"t.%1 = d.%2"_s.arg(name, alias);
        else
            sets << u"%1 = d.%2"_s.arg(name, alias);
    }
    return u"UPDATE %1 AS t SET %2 FROM unnest(%3) AS d(%4) WHERE %5"_s.arg(table, sets.join(u", "_s), QStringList(aliases.size(), u"?"_s).join(u", "_s),
        aliases.join(u", "_s), guards.join(u" AND "_s));
}

} // namespace

std::int64_t PgConnection::updateRows(const RowBlock& block, std::size_t keys)
{
    if (block.rows() == 0)
        return 0;
    send(updateAllText(block, keys), bind<Bound>(block), Pending::What::Answer);
    return changedBy(flush().get());
}

void PgConnection::updateEach(const RowBlock& block, std::size_t keys)
{
    if (block.rows() == 0)
        return;
    // The database looks itself, before a COMMIT that may travel with it: a division by zero (22012) is a row that was not there.
    std::vector<Bound> values = bind<Bound>(block);
    values.push_back({pgtype::kInt8, false, true, pgInt8(static_cast<std::int64_t>(block.rows()))});
    send(u"WITH changed AS (%1 RETURNING 1) SELECT 1 / (CASE WHEN COUNT(*) = ? THEN 1 ELSE 0 END) FROM changed"_s.arg(updateAllText(block, keys)), values, Pending::What::Block);
    if (!m_inTransaction)
        flush();
}

void PgConnection::begin(Access access)
{
    // Statements are planned once, and a plan made while a table was nearly empty reads all of it for ever, or until an ANALYZE. Planned anew
    // whenever as much was written again as before, that costs nothing.
    if (access == Access::Write && ++m_changes >= m_planAnew) {
        m_planAnew *= 2;
        sendPlain("DISCARD PLANS", Pending::What::Soft);
    }
    send(access == Access::Write ? u"BEGIN"_s : u"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_s, {}, Pending::What::Soft);
    m_inTransaction = true;
}

void PgConnection::commit()
{
    send(u"COMMIT"_s, {}, Pending::What::Commit);
    m_inTransaction = false;
    const Answer answer = flush();
    // In a transaction that has already failed COMMIT succeeds as a ROLLBACK.
    if (qstrcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
        throw StoreError(StoreError::Kind::Other, "the transaction had failed before; nothing was changed");
}

void PgConnection::rollback()
{
    settle();
    m_inTransaction = false;
    sendPlain("ROLLBACK", Pending::What::Answer);
    flush();
}

void PgConnection::savepoint(const char* name) { sendPlain(("SAVEPOINT " + std::string(name)).c_str(), Pending::What::Soft); }

void PgConnection::release(const char* name)
{
    sendPlain(("RELEASE " + std::string(name)).c_str(), Pending::What::Soft);
    // A block refused after this would be the next piece's fault.
    for (const Pending& p : m_pending) {
        if (p.what == Pending::What::Block) {
            flush();
            return;
        }
    }
}

void PgConnection::rollbackTo(const char* name)
{
    settle();
    sendPlain(("ROLLBACK TO " + std::string(name)).c_str(), Pending::What::Soft);
    sendPlain(("RELEASE " + std::string(name)).c_str(), Pending::What::Soft);
}

void PgConnection::script(const QString& sql)
{
    if (!m_pending.empty())
        flush();
    if (!usable() || PQexitPipelineMode(m_pg) != 1)
        lost();
    const Answer answer(PQexec(m_pg, sql.toUtf8().constData()));
    const auto status = PQresultStatus(answer.get());
    if (PQstatus(m_pg) != CONNECTION_OK || PQenterPipelineMode(m_pg) != 1)
        lost();
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        raise(answer.get(), sql);
}

void PgConnection::listen(const QString& channel)
{
    sendPlain(("LISTEN " + channel.toStdString()).c_str(), Pending::What::Answer);
    flush();
}

QStringList PgConnection::notifications(Millis timeout, int wake)
{
    const auto take = [this] {
        QStringList found;
        if (PQconsumeInput(m_pg) != 1)
            lost();
        while (PGnotify* n = PQnotifies(m_pg)) {
            found << QString::fromUtf8(n->extra);
            PQfreemem(n);
        }
        return found;
    };
    if (!usable())
        lost();
    QStringList found = take();
    if (!found.isEmpty())
        return found;
    pollfd lines[2] = {{PQsocket(m_pg), POLLIN, 0}, {wake, POLLIN, 0}}; // a negative one is left out
    if (::poll(lines, 2, static_cast<int>(timeout.count())) < 0 && errno != EINTR)
        lost();
    return take();
}

} // namespace naru::server
