// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/Jobs.h"

#include <QTimer>
#include <algorithm>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

struct Jobs::Job {
    CallId id = 0;
    CancelToken cancelled;
    Request request;
    QByteArray idempotencyKey; // of a write: the same over all tries
    QByteArray token; // the last one used
    quint64 epoch = 0; // the session it was of
    int tries = 0;
    bool replayed = false; // a new token is tried once
    bool parked = false; // until its owner is signed in again
    bool finished = false;
    quint64 waiter = 0; // at the gate
    quint64 exchange = 0; // on the wire
    std::unique_ptr<QTimer> pause; // before the next try
};

namespace {

Error sessionEnded()
{
    Error e;
    e.kind = ErrorKind::Unauthorized;
    e.code = u"session-ended"_s;
    e.detail = u"the session ended before the server had this"_s;
    return e;
}

// What concerns the session itself is a decision of the moment: sent again hours later it would surprise.
bool mayWait(const Request& r)
{
    static constexpr QLatin1StringView own[] = {"/v1/session"_L1, "/v1/credentials"_L1, "/v1/devices"_L1, "/v1/admin"_L1};
    return r.isWrite() && r.authorized && std::none_of(std::begin(own), std::end(own), [&](QLatin1StringView p) { return r.path.startsWith(p); });
}

} // namespace

Jobs::Jobs(HttpClient& http, AuthGate& gate, const Limits& limits, const Clock& clock, Rng& rng, Finished finished, Read read)
    : m_http(http), m_gate(gate), m_limits(limits), m_clock(clock), m_rng(rng), m_finished(std::move(finished)), m_read(std::move(read))
{
}

Jobs::~Jobs() = default;

Jobs::Job* Jobs::find(CallId id)
{
    const auto it = m_jobs.find(id);
    return it == m_jobs.end() ? nullptr : it->second.get();
}

void Jobs::start(RequestCall call)
{
    NARU_ASSERT_BACKEND();
    if (call.cancelled->load())
        return; // before it began: the caller has been told
    auto job = std::make_unique<Job>();
    job->id = call.id;
    job->cancelled = std::move(call.cancelled);
    job->request = std::move(call.request);
    if (job->request.isWrite())
        job->idempotencyKey = makeId<Id<struct KeyTag>>(m_clock, m_rng).toString().toLatin1();
    Job& j = *job;
    m_jobs.emplace(j.id, std::move(job));
    if (m_owner.isEmpty() || !park(j)) // asked for before its caller could know of the end
        resend(j);
}

void Jobs::resend(Job& job)
{
    if (job.request.authorized)
        acquire(job, {});
    else
        send(job, {});
}

void Jobs::acquire(Job& job, const QByteArray& stale)
{
    const CallId id = job.id;
    const quint64 waiter = m_gate.acquire(stale, [this, id](Result<QByteArray> token) {
        Job* j = find(id);
        if (!j)
            return;
        j->waiter = 0;
        if (token)
            send(*j, *token);
        else
            finish(*j, j->request.codec.fail(token.error()));
    });
    if (Job* j = find(id); j && waiter)
        j->waiter = waiter;
}

void Jobs::send(Job& job, const QByteArray& token)
{
    job.token = token;
    job.epoch = m_gate.epoch();
    ++job.tries;
    HttpRequest r;
    r.verb = job.request.verb;
    r.path = job.request.path;
    r.query = job.request.query;
    r.body = job.request.body;
    r.accessToken = token;
    r.headers.emplace_back("Accept-Language"_ba, m_language);
    if (!job.idempotencyKey.isEmpty())
        r.headers.emplace_back("Idempotency-Key"_ba, job.idempotencyKey);
    if (job.request.ifMatch)
        r.headers.emplace_back("If-Match"_ba, "\"v"_ba + QByteArray::number(qlonglong(*job.request.ifMatch)) + '"');
    const bool active = !token.isEmpty() && m_gate.takeActivity();
    if (active)
        r.headers.emplace_back("Naru-Activity"_ba, "user"_ba);
    const CallId id = job.id;
    const Millis sentAt = m_clock.steady();
    job.exchange = m_http.send(std::move(r), [this, id, sentAt, active](HttpAnswer a) { answered(id, sentAt, active, std::move(a)); });
}

std::any Jobs::refusal(const Codec& codec, const Error& why, const HttpAnswer& answer)
{
    if (codec.refused)
        if (const auto problem = protocol::parseJson(answer.text()))
            if (std::any value = codec.refused(why, *problem); value.has_value())
                return value;
    return codec.fail(why);
}

void Jobs::answered(CallId id, Millis sentAt, bool markedActive, HttpAnswer answer)
{
    if (markedActive && answer.ok())
        m_gate.activityCarried(sentAt);
    else if (markedActive)
        m_gate.noteActivity(); // the next one carries it
    Job* job = find(id);
    if (!job)
        return;
    job->exchange = 0;
    if (job->parked && (answer.status == 401 || !answer.status || answer.status >= 500 || answer.status == 429))
        return; // not done, or nobody knows: its owner will ask again
    if (answer.status == 401 && job->request.authorized) {
        unauthorized(*job, answer);
        return;
    }
    if (!answer.ok()) {
        const Error why = answer.problem();
        if (retry(*job, why))
            return;
        m_readGivenUp = m_readGivenUp || (why.retryable && !job->request.isWrite());
        finish(*job, refusal(job->request.codec, why, answer));
        return;
    }
    protocol::json::value body;
    if (!answer.body.isEmpty()) {
        auto parsed = protocol::parseJson(answer.text());
        if (!parsed) {
            Error e = parsed.error();
            e.kind = ErrorKind::Protocol;
            e.code = u"answer-invalid"_s;
            finish(*job, job->request.codec.fail(e));
            return;
        }
        body = std::move(*parsed);
    }
    if (m_read)
        m_read(job->request, body);
    finish(*job, job->request.codec.decode(body));
}

// Reads, and writes under their key, may be sent again: the server does the thing once.
bool Jobs::retry(Job& job, const Error& why)
{
    if (!why.retryable || why.retryAfterSeconds > m_limits.retryAfterMost || job.tries > m_limits.retries)
        return false;
    const std::int64_t most = m_limits.retryBase.count() << (job.tries - 1);
    Millis wait(most / 2 + std::int64_t(m_rng.next64() % std::uint64_t(std::max<std::int64_t>(most / 2, 1))));
    wait = std::max<Millis>(wait, std::chrono::seconds(why.retryAfterSeconds));
    job.pause = std::make_unique<QTimer>();
    job.pause->setSingleShot(true);
    const CallId id = job.id;
    connect(job.pause.get(), &QTimer::timeout, this, [this, id] {
        Job* j = find(id);
        if (!j)
            return;
        j->pause.release()->deleteLater(); // this is its own timeout
        resend(*j);
    });
    job.pause->start(wait);
    return true;
}

void Jobs::unauthorized(Job& job, const HttpAnswer& answer)
{
    if (job.epoch != m_gate.epoch() && m_gate.isOpen()) {
        acquire(job, {}); // it was of an earlier session, and says nothing of this one
        return;
    }
    if (const auto how = AuthGate::endIn(answer, m_clock.now())) {
        const CallId id = job.id;
        m_gate.end(*how); // may end or park this job too
        if (Job* j = find(id); j && !j->parked)
            finish(*j, j->request.codec.fail(answer.problem()));
        return;
    }
    if (!answer.refusesToken() || std::exchange(job.replayed, true)) {
        finish(job, refusal(job.request.codec, answer.problem(), answer));
        return;
    }
    acquire(job, job.token); // answered with an older token: just sent again
}

void Jobs::finish(Job& job, std::any result)
{
    Q_ASSERT_X(!job.finished, "Jobs", "a job ended twice");
    job.finished = true;
    const CallId id = job.id;
    m_jobs.erase(id);
    m_finished(id, std::move(result));
}

void Jobs::cancel(CallId id)
{
    Job* job = find(id);
    if (!job)
        return;
    m_gate.forget(job->waiter);
    m_http.cancel(job->exchange);
    m_jobs.erase(id);
}

void Jobs::endAll(const Error& why)
{
    while (!m_jobs.empty()) {
        Job& job = *m_jobs.begin()->second;
        m_gate.forget(job.waiter);
        m_http.cancel(job.exchange);
        finish(job, job.request.codec.fail(why));
    }
}

void Jobs::endSession(const Error& why, const QString& owner)
{
    if (owner.isEmpty())
        endParked();
    m_owner = owner;
    m_parkedAt = m_clock.steady();
    std::vector<CallId> open;
    for (const auto& [id, job] : m_jobs)
        if (job->request.authorized && !job->parked)
            open.push_back(id);
    for (const CallId id : open) {
        Job* job = find(id);
        if (!job)
            continue;
        if (job->request.isWrite())
            job->request.cache = {}; // the next cache may be another user's
        if (!owner.isEmpty() && park(*job))
            continue;
        if (job->request.isWrite() && job->exchange)
            continue;
        m_gate.forget(job->waiter);
        m_http.cancel(job->exchange);
        finish(*job, job->request.codec.fail(why));
    }
}

bool Jobs::park(Job& job)
{
    if (!mayWait(job.request) || parked() >= m_limits.parkedWrites)
        return false;
    m_gate.forget(std::exchange(job.waiter, 0));
    job.pause.reset();
    job.parked = true;
    return true;
}

std::size_t Jobs::parked() const
{
    return std::size_t(std::count_if(m_jobs.begin(), m_jobs.end(), [](const auto& entry) { return entry.second->parked; }));
}

void Jobs::signedIn(const QString& user)
{
    if (user != m_owner || m_clock.steady() - m_parkedAt > m_limits.parkedFor)
        endParked();
    m_owner.clear();
    std::vector<CallId> waiting;
    for (const auto& [id, job] : m_jobs)
        if (job->parked)
            waiting.push_back(id);
    for (const CallId id : waiting) {
        Job* job = find(id);
        if (!job)
            continue;
        job->parked = false;
        job->replayed = false;
        job->tries = job->exchange ? 1 : 0;
        if (!job->exchange) // else it is still on the wire
            resend(*job);
    }
}

void Jobs::endParked()
{
    std::vector<CallId> waiting;
    for (const auto& [id, job] : m_jobs)
        if (job->parked)
            waiting.push_back(id);
    for (const CallId id : waiting) {
        if (Job* job = find(id)) {
            m_http.cancel(job->exchange);
            finish(*job, job->request.codec.fail(sessionEnded()));
        }
    }
}

bool Jobs::keepOnlyWrites()
{
    std::vector<CallId> ending;
    for (const auto& [id, job] : m_jobs)
        if (!job->request.isWrite() || !job->exchange)
            ending.push_back(id);
    for (const CallId id : ending)
        cancel(id);
    return m_jobs.empty();
}

} // namespace naru::backend
