// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Http.h"

#include "server/api/Problems.h"
#include "server/api/Server.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

Q_LOGGING_CATEGORY(logApi, "naru.server.api", QtInfoMsg)

protocol::Problem storeProblem(const StoreError& e, const Request& r)
{
    protocol::Problem p;
    switch (e.kind) {
    case StoreError::Kind::DiskFull:
    case StoreError::Kind::ReadOnly:
    case StoreError::Kind::Io:
        p.status = 503;
        p.code = u"storage-unavailable"_s;
        p.detail = e.kind == StoreError::Kind::DiskFull ? u"the disk of the server is full; nothing was changed"_s
            : e.kind == StoreError::Kind::ReadOnly      ? u"the server cannot write to its disk; nothing was changed"_s
                                                        : u"the database cannot be reached; nothing was changed"_s;
        p.retryAfterSeconds = 5;
        break;
    case StoreError::Kind::Unknown:
        p.status = 503;
        p.code = u"outcome-unknown"_s;
        p.detail = u"the database was lost while this was being written; ask again with the same Idempotency-Key to learn what became of it"_s;
        p.retryAfterSeconds = 2;
        break;
    case StoreError::Kind::Busy:
        p.status = 503;
        p.code = u"busy"_s;
        p.detail = u"too much is waiting; nothing was changed"_s;
        p.retryAfterSeconds = 1;
        break;
    case StoreError::Kind::Constraint:
        p.status = 409;
        p.code = u"conflict"_s;
        p.detail = u"this contradicts what is stored; nothing was changed"_s;
        qCWarning(logApi, "%s: constraint: %s", qPrintable(r.requestId), e.what());
        break;
    default:
        p.status = 500;
        p.code = u"internal"_s;
        p.detail = u"an error of the server; nothing was changed"_s;
        qCWarning(logApi, "%s: store: %s", qPrintable(r.requestId), e.what());
        break;
    }
    return p;
}

Response busy(const Request& r, const char* code)
{
    protocol::Problem p;
    p.status = 503;
    p.code = QString::fromLatin1(code);
    p.detail = u"too much is waiting; nothing was changed"_s;
    p.retryAfterSeconds = 1;
    return problemResponse(std::move(p), protocol::fromUtf8(r.path), r.requestId);
}

} // namespace

Actor Request::actor() const
{
    Actor a;
    a.requestId = requestId;
    if (!principal) {
        a.role = u"system"_s;
        return a;
    }
    a.userId = principal->userId;
    a.sessionId = principal->sid;
    a.vendorId = principal->vendorId;
    a.role = protocol::wireText(principal->role);
    switch (principal->role) {
    case Role::Staff: a.letter = 'O'; break;
    case Role::VendorManager:
    case Role::VendorMember: a.letter = 'V'; break;
    case Role::SupportAgent: a.letter = 'U'; break;
    case Role::Admin: a.letter = 'A'; break;
    case Role::Channel: a.letter = 'C'; break;
    }
    return a;
}

Response answerOf(std::exception_ptr error, const Request& r)
{
    protocol::Problem p;
    try {
        std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        p = e.problem;
    } catch (const StoreError& e) {
        p = storeProblem(e, r);
    } catch (const std::exception& e) {
        p.status = 500;
        p.code = u"internal"_s;
        p.detail = u"an error of the server; nothing was changed"_s;
        qCWarning(logApi, "%s: %s", qPrintable(r.requestId), e.what());
    } catch (...) {
        p.status = 500;
        p.code = u"internal"_s;
        p.detail = u"an error of the server; nothing was changed"_s;
        qCWarning(logApi, "%s: unknown exception", qPrintable(r.requestId));
    }
    return problemResponse(std::move(p), protocol::fromUtf8(r.path), r.requestId);
}

void answerRead(Server& server, Request request, Respond respond, std::function<Response(Connection&, const Request&)> work)
{
    struct Job {
        Request request;
        Respond respond;
        std::function<Response(Connection&, const Request&)> work;
    };
    const auto job = std::make_shared<Job>(Job{std::move(request), std::move(respond), std::move(work)}); // owner: the read pool's queue
    const bool taken = server.reads.submit([job](Connection& db) {
        Response answer;
        try {
            answer = job->work(db, job->request);
        } catch (...) {
            answer = answerOf(std::current_exception(), job->request);
        }
        job->respond(std::move(answer));
    });
    if (!taken)
        job->respond(busy(job->request, "busy"));
}

void answerWrite(Server& server, Request request, Respond respond, std::function<Response(Txn&, const Request&)> work)
{
    struct Job {
        Request request;
        Respond respond;
        std::function<Response(Txn&, const Request&)> work;
        RequestKey key;
        Response answer;
    };
    const auto job = std::make_shared<Job>(); // owner: the writer's queue
    job->request = std::move(request);
    job->respond = std::move(respond);
    job->work = std::move(work);
    try {
        job->key = requestKey(job->request);
    } catch (...) {
        return job->respond(answerOf(std::current_exception(), job->request));
    }
    const bool taken = server.writer.submit(
        job->request.actor(),
        [job](Txn& txn) {
            if (auto kept = keptAnswer(txn.db(), job->key, txn.now())) {
                job->answer = std::move(*kept);
                return;
            }
            job->answer = job->work(txn, job->request);
            keepAnswer(txn.db(), job->key, job->answer, txn.now());
        },
        [job](std::exception_ptr error) { job->respond(error ? answerOf(error, job->request) : std::move(job->answer)); });
    if (!taken)
        job->respond(busy(job->request, "queue_full"));
}

void notFound()
{
    throw ProblemError(404, "not-found", u"there is no such thing"_s);
}

std::int64_t ifMatch(const Request& r)
{
    const std::string value = r.header("if-match");
    if (value.empty())
        throw ProblemError(428, "precondition-required", u"this change needs the header If-Match with the version you saw (its ETag)"_s);
    bool ok = false;
    std::int64_t version = 0;
    if (value.size() >= 4 && value.size() <= 22 && value.substr(0, 2) == "\"v" && value.back() == '"') {
        const QByteArray digits = QByteArray::fromStdString(value.substr(2, value.size() - 3));
        ok = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        version = ok ? digits.toLongLong(&ok) : 0;
    }
    if (!ok)
        throw ProblemError(400, "if-match-invalid", u"If-Match must be one ETag of this interface, for example \"v12\" with its quotes"_s);
    return version;
}

void versionMismatch(std::int64_t current, protocol::json::value currentRow)
{
    protocol::Problem p;
    p.status = 412;
    p.code = u"version-mismatch"_s;
    p.detail = u"it was changed meanwhile; the current version is %1"_s.arg(current);
    p.extra["current_version"] = current;
    p.extra["current"] = std::move(currentRow);
    throw ProblemError(std::move(p));
}

std::string etag(std::int64_t version)
{
    return "\"v" + std::to_string(version) + "\"";
}

void allowQuery(const Request& r, std::initializer_list<const char*> names)
{
    for (const auto& q : r.query) {
        if (std::none_of(names.begin(), names.end(), [&](const char* n) { return q.first == n; }))
            throw ProblemError(400, "query-invalid", u"there is no parameter %1 here"_s.arg(QString::fromStdString(q.first).left(64)));
    }
}

QString queryText(const Request& r, const char* name, int maxLength)
{
    const auto it = r.query.find(name);
    if (it == r.query.end())
        return {};
    QString text = QString::fromStdString(it->second).trimmed();
    if (text.size() > maxLength)
        throw ProblemError(400, "query-invalid", u"%1 is longer than %2 characters"_s.arg(QString::fromLatin1(name)).arg(maxLength));
    return text;
}

int queryInt(const Request& r, const char* name, int fallback, int min, int max)
{
    const auto it = r.query.find(name);
    if (it == r.query.end() || it->second.empty())
        return fallback;
    bool ok = false;
    const int value = QString::fromStdString(it->second).toInt(&ok);
    if (!ok || value < min || value > max)
        throw ProblemError(400, "query-invalid", u"%1 must be a whole number from %2 to %3"_s.arg(QString::fromLatin1(name)).arg(min).arg(max));
    return value;
}

} // namespace naru::server
