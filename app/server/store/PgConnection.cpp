// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/PgConnection.h"

#include "server/store/Failpoint.h"
#include "server/store/PgValues.h"
#include "server/store/StoreUrl.h"

#include <QLoggingCategory>
#include <libpq-fe.h>
#include <poll.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcPostgres, "naru.server.postgres")

// A dead server or cable is noticed within half a minute, on both sides; a node that stands still gives its locks back.
constexpr const char* kDefaults[][2] = {{"connect_timeout", "5"}, {"application_name", "narud"}, {"client_encoding", "UTF8"}, {"keepalives_idle", "10"},
    {"keepalives_interval", "5"}, {"keepalives_count", "3"}, {"tcp_user_timeout", "20000"}};
constexpr const char kSession[] = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s'; SET statement_timeout = '60s'; "
                                  "SET standard_conforming_strings = on; SET jit = off; SET client_min_messages = warning; SET timezone = 'UTC'";

constexpr const char* kReading = "; SET default_transaction_read_only = on";
// Everything the writer asks for has an index. Without figures about a table (a young database, before the first ANALYZE) the planner would
// read it whole; a plan for each set of values costs more than most of its statements, and so does starting another process for one.
constexpr const char* kWriting = "; SET enable_seqscan = off; SET max_parallel_workers_per_gather = 0; SET plan_cache_mode = force_generic_plan";

void quiet(void*, const char* message) { qCDebug(lcPostgres, "%s", message); }

pg_conn* connect(const QString& url)
{
    // What the URL says goes before these: libpq lets later keywords win, so only what is missing is added.
    const QByteArray text = url.toUtf8();
    std::vector<const char*> keys{"dbname"};
    std::vector<const char*> values{text.constData()};
    const QStringList named = keywordsOf(url);
    for (const auto& [key, value] : kDefaults) {
        if (!named.contains(QLatin1StringView(key))) {
            keys.push_back(key);
            values.push_back(value);
        }
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectdbParams(keys.data(), values.data(), 1);
}

} // namespace

void PgConnection::Free::operator()(pg_result* r) const { PQclear(r); }

PgConnection::PgConnection(pg_conn* pg) : m_pg(pg) {}

PgConnection::~PgConnection() { PQfinish(m_pg); }

std::unique_ptr<PgConnection> PgConnection::open(const QString& url, Mode mode)
{
    std::unique_ptr<PgConnection> c(new PgConnection(connect(url)));
    const auto fail = [&](const QString& why) -> StoreError {
        return {StoreError::Kind::Io, u"the database %1 cannot be opened: %2"_s.arg(storeName(url), why).toStdString()};
    };
    if (PQstatus(c->m_pg) != CONNECTION_OK)
        throw fail(QString::fromUtf8(PQerrorMessage(c->m_pg)).trimmed());
    PQsetNoticeProcessor(c->m_pg, quiet, nullptr);
    std::string session = kSession;
    session += mode == Mode::Reader ? kReading : kWriting;
    if (NARU_MUTATED(2) && mode == Mode::Writer)
        session += "; SET synchronous_commit = off";
    const Answer set(PQexec(c->m_pg, session.c_str()));
    if (PQresultStatus(set.get()) != PGRES_COMMAND_OK)
        throw fail(QString::fromUtf8(PQerrorMessage(c->m_pg)).trimmed());
    if (qstrcmp(PQparameterStatus(c->m_pg, "server_encoding"), "UTF8") != 0)
        throw fail(u"its encoding is %1, not UTF8; make it with createdb --encoding=UTF8 --locale=C --template=template0"_s
                       .arg(QString::fromUtf8(PQparameterStatus(c->m_pg, "server_encoding"))));
    if (PQenterPipelineMode(c->m_pg) != 1)
        throw fail(QString::fromUtf8(PQerrorMessage(c->m_pg)).trimmed());
    return c;
}

bool PgConnection::usable() const
{
    if (m_lost || PQstatus(m_pg) != CONNECTION_OK)
        return false;
    if (!m_pending.empty() || m_inTransaction)
        return true; // the next answer tells
    // A server that went away has closed the line: seen without asking anybody.
    pollfd socket{PQsocket(m_pg), POLLIN, 0};
    if (::poll(&socket, 1, 0) > 0 && (PQconsumeInput(m_pg) != 1 || PQstatus(m_pg) != CONNECTION_OK || ::poll(&socket, 1, 0) > 0))
        return false;
    return true;
}

QString postgresText(const QString& sql)
{
    QString out;
    out.reserve(sql.size() + 16);
    int number = 0;
    bool quoted = false;
    for (const QChar c : sql) {
        if (c == u'\'')
            quoted = !quoted;
        if (c == u'?' && !quoted)
            out += u'$' + QString::number(++number);
        else
            out += c;
    }
    return out.replace(u" LIKE "_s, u" ILIKE "_s);
}

const PgConnection::Statement& PgConnection::prepared(const QString& sql, const std::vector<Bound>& values)
{
    if (m_statements.size() > 512) { // generated filters must not grow the cache for ever
        m_statements.clear();
        sendPlain("DEALLOCATE ALL", Pending::What::Soft);
    }
    std::vector<Statement>& known = m_statements[sql];
    for (const Statement& s : known) {
        bool fits = s.types.size() == values.size();
        for (std::size_t i = 0; fits && i < values.size(); ++i)
            fits = s.types[i] == values[i].type || values[i].type == pgtype::kUnknown || (s.types[i] == pgtype::kUnknown && values[i].type != pgtype::kTextArray);
        if (fits)
            return s;
    }
    Statement s{"s" + std::to_string(m_nextName++), {}};
    for (const Bound& v : values)
        s.types.push_back(v.type);
    const QByteArray text = postgresText(sql).toUtf8();
    if (PQsendPrepare(m_pg, s.name.c_str(), text.constData(), static_cast<int>(s.types.size()), s.types.data()) != 1)
        lost();
    m_pending.push_back({Pending::What::Prepare, sql});
    known.push_back(std::move(s));
    return known.back();
}

void PgConnection::send(const QString& sql, const std::vector<Bound>& values, Pending::What what)
{
    if (!usable())
        lost();
    const Statement& s = prepared(sql, values);
    std::vector<QByteArray> digits; // numbers whose place was typed by a bare NULL
    digits.reserve(values.size());
    std::vector<const char*> data(values.size(), nullptr);
    std::vector<int> sizes(values.size(), 0);
    std::vector<int> formats(values.size(), 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Bound& v = values[i];
        if (v.null)
            continue;
        const QByteArray* bytes = &v.bytes;
        formats[i] = v.binary ? 1 : 0;
        if (v.type == pgtype::kInt8 && s.types[i] == pgtype::kUnknown) {
            bytes = &digits.emplace_back(pgDigits(v.bytes));
            formats[i] = 0;
        }
        data[i] = bytes->constData();
        sizes[i] = static_cast<int>(bytes->size());
    }
    if (PQsendQueryPrepared(m_pg, s.name.c_str(), static_cast<int>(values.size()), data.data(), sizes.data(), formats.data(), 0) != 1)
        lost();
    m_pending.push_back({what, sql});
}

void PgConnection::sendPlain(const char* sql, Pending::What what)
{
    if (!usable() || PQsendQueryParams(m_pg, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1)
        lost();
    m_pending.push_back({what, QString::fromLatin1(sql)});
}

PgConnection::Answer PgConnection::flush(std::vector<Answer>* answers)
{
    std::vector<Pending> pending;
    pending.swap(m_pending);
    const bool committing = !pending.empty() && pending.back().what == Pending::What::Commit;
    ++m_roundTrips;
    Answer last;
    Answer failed;
    QString failedSql;
    bool gone = PQpipelineSync(m_pg) != 1;
    for (std::size_t i = 0; i < pending.size() && !gone; ++i) {
        Answer answer(PQgetResult(m_pg));
        gone = !answer || PQstatus(m_pg) != CONNECTION_OK;
        if (gone)
            break;
        const Answer end(PQgetResult(m_pg)); // each statement's answers end with none
        const auto status = PQresultStatus(answer.get());
        const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!good && pending[i].what == Pending::What::Prepare)
            m_statements.remove(pending[i].sql); // not known to the server after all
        if (!good && status != PGRES_PIPELINE_ABORTED && !failed) {
            failed = std::move(answer);
            failedSql = pending[i].sql;
        } else if (answers && pending[i].what == Pending::What::Answer) {
            answers->push_back(std::move(answer));
        } else {
            last = std::move(answer);
        }
    }
    if (!gone) {
        const Answer sync(PQgetResult(m_pg));
        gone = PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC;
    }
    if (failed)
        raise(failed.get(), failedSql);
    if (gone) {
        m_lost = true;
        throw StoreError(committing ? StoreError::Kind::Unknown : StoreError::Kind::Io,
            "the connection to PostgreSQL is lost: " + QString::fromUtf8(PQerrorMessage(m_pg)).simplified().toStdString());
    }
    return last;
}

void PgConnection::raise(const pg_result* result, const QString& sql)
{
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const StoreError::Kind kind = pgKind(state);
    const std::string_view code = state ? state : "";
    if (code == "0A000" || code == "26000" || code == "22P03" || code.substr(0, 2) == "42") { // prepared for tables that have changed since
        m_statements.clear();
        m_tables.clear();
    }
    if (PQstatus(m_pg) != CONNECTION_OK || kind == StoreError::Kind::Io)
        m_lost = true;
    const QString text = QString::fromUtf8(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    throw StoreError(kind, (text + u" ["_s + QString::fromLatin1(state) + u"] — "_s + sql.left(200)).toStdString());
}

void PgConnection::lost()
{
    m_lost = true;
    m_pending.clear();
    throw StoreError(StoreError::Kind::Io, "the connection to PostgreSQL is lost: " + QString::fromUtf8(PQerrorMessage(m_pg)).simplified().toStdString());
}

void PgConnection::settle() noexcept
{
    try {
        if (!m_pending.empty())
            flush();
    } catch (const StoreError&) {
        // the caller is rolling back because of it, or of something earlier
    }
}

} // namespace naru::server
