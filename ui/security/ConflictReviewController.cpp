// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictReviewController.h"

#include <algorithm>

#include "ui/session/StepUp.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Reply;

namespace {
constexpr int kPage = 100;
} // namespace

ConflictReviewController::ConflictReviewController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock), m_detailCall(backend)
{
    connect(&backend.security(), &backend::SecurityService::conflictsChanged, this, &ConflictReviewController::takeLive);
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (m_asked != 0)
            read();
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &ConflictReviewController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &ConflictReviewController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &ConflictReviewController::readIfReviewer);
    connect(&backend.session(), &backend::SessionService::stateChanged, this, &ConflictReviewController::readIfReviewer);
    readIfReviewer();
}

// Nobody needs to look at the screen first: what waits is counted in the rail.
void ConflictReviewController::readIfReviewer()
{
    const auto& info = m_backend.session().info();
    if (m_asked == 0 && m_backend.session().state() == backend::SessionState::Active && info && info->scopes.contains(u"session.review"_s))
        read();
}

void ConflictReviewController::open()
{
    m_opened = true;
    if (m_asked == 0 || m_load == Load::Failed)
        read();
    else
        chooseFirst();
}

void ConflictReviewController::read()
{
    ++m_asked;
    m_load = Load::Loading;
    m_error.reset();
    m_above.clear();
    m_seen.clear();
    m_next.clear();
    m_missing = m_read = 0;
    readPage({});
    Q_EMIT queueChanged();
}

void ConflictReviewController::readMore()
{
    if (m_load == Load::Ready && !m_next.isEmpty() && !m_readingMore)
        readPage(m_next);
}

void ConflictReviewController::readPage(const QString& after)
{
    m_readingMore = !after.isEmpty();
    ConflictQuery query;
    query.limit = kPage;
    query.after = after;
    m_backend.security().conflicts(query, {this, [this, asked = m_asked, first = after.isEmpty()](Result<naru::Page<Conflict>> answer) {
        if (asked != m_asked)
            return;
        m_readingMore = false;
        if (answer) {
            pageRead(std::move(*answer), first);
            return;
        }
        if (first) {
            m_load = Load::Failed;
            m_error = answer.error();
        }
        Q_EMIT queueChanged(); // the page says that some are missing
    }});
}

void ConflictReviewController::pageRead(naru::Page<Conflict> page, bool first)
{
    for (const Conflict& c : page.items)
        m_seen.insert(c.id);
    m_load = Load::Ready;
    m_next = page.next;
    m_read += static_cast<int>(page.items.size());
    m_missing = m_next.isEmpty() ? 0 : std::max(0, page.total - m_read);
    m_queue.addPage(std::move(page.items));
    if (m_next.isEmpty()) {
        m_queue.keepOnly(m_seen); // what an earlier reading brought and the server no longer has
        if (m_current && !m_queue.known(*m_current) && m_detailLoad != Load::Loading)
            select(std::nullopt);
    }
    Q_EMIT queueChanged();
    if (first && m_current && m_opened)
        readDetail();
    else
        chooseFirst();
    readMore();
}

void ConflictReviewController::chooseFirst()
{
    if (!m_opened || m_current || m_load != Load::Ready || m_queue.rowCount() == 0)
        return;
    select(m_queue.row(0).id);
    Q_EMIT currentChanged();
}

// Until everything is read, what an earlier reading brought may be among what is missing: only what was seen since counts.
int ConflictReviewController::openCount() const
{
    return m_load != Load::Ready || isWhole() ? m_queue.openCount() : m_queue.openCountOf(m_seen) + m_missing;
}

void ConflictReviewController::setText(const QString& text)
{
    m_queue.setText(text);
    Q_EMIT queueChanged();
}

bool ConflictReviewController::urgent() const
{
    const auto& rows = m_queue.rows();
    return std::any_of(rows.begin(), rows.end(), [](const Conflict& c) { return models::isOpen(c) && c.kind == ConflictKind::Reported; });
}

// Rows known change where they stand. New ones that belong above the one at hand wait until the person asks for them.
void ConflictReviewController::takeLive(const std::vector<Conflict>& changed)
{
    bool again = false;
    for (const Conflict& c : changed) {
        const Conflict* known = m_queue.known(c.id);
        if (!known && !models::isOpen(c)) {
            m_above.erase(c.id);
            continue;
        }
        if (!known && m_current && m_queue.wouldPrecede(c, *m_current)) {
            m_above.insert_or_assign(c.id, c);
            continue;
        }
        m_seen.insert(c.id);
        again = again || (m_current == c.id && m_detail && m_detail->conflict.version < c.version);
        m_queue.put(c);
    }
    Q_EMIT queueChanged();
    if (again && !m_busy)
        readDetail();
    chooseFirst();
}

void ConflictReviewController::showAbove()
{
    std::vector<Conflict> above;
    for (auto& [id, c] : std::exchange(m_above, {})) {
        m_seen.insert(id);
        above.push_back(std::move(c));
    }
    m_queue.addPage(std::move(above));
    Q_EMIT queueChanged();
}

void ConflictReviewController::select(std::optional<ConflictId> id)
{
    if (id == m_current && (m_detail || m_detailLoad == Load::Loading))
        return;
    m_current = id;
    m_detail.reset();
    m_detailError.reset();
    m_staled = false;
    if (id) {
        readDetail();
        return;
    }
    m_detailCall.cancel();
    m_detailLoad = Load::Ready;
    Q_EMIT detailChanged();
}

void ConflictReviewController::openRecord(ConflictId id)
{
    select(id);
    Q_EMIT currentChanged();
}

void ConflictReviewController::readDetail()
{
    if (!m_current)
        return;
    m_detailLoad = Load::Loading;
    m_detailError.reset();
    Reply<ConflictDetail> reply;
    reply.context = this;
    reply.done = [this](Result<ConflictDetail> answer) {
        if (!answer) {
            m_detailLoad = Load::Failed;
            m_detailError = answer.error();
            Q_EMIT detailChanged();
            return;
        }
        m_detailLoad = Load::Ready;
        m_detail = std::move(*answer);
        m_seen.insert(m_detail->conflict.id);
        m_queue.put(m_detail->conflict);
        Q_EMIT queueChanged();
        Q_EMIT detailChanged();
        if (std::exchange(m_staled, false))
            Q_EMIT stale(*m_detail);
    };
    const ConflictId id = *m_current;
    m_detailCall.start(std::move(reply), [&](Reply<ConflictDetail> guarded) { return m_backend.security().conflict(id, std::move(guarded)); });
    Q_EMIT detailChanged();
}

bool ConflictReviewController::online() const { return m_backend.connection().state == backend::LinkState::Live; }

bool ConflictReviewController::mayDecide() const
{
    const auto& info = m_backend.session().info();
    return info && info->scopes.contains(u"session.decide"_s);
}

bool ConflictReviewController::canDecide(ConflictDecision decision) const
{
    if (!m_detail || m_busy || !online() || !mayDecide() || !models::isOpen(m_detail->conflict))
        return false;
    const auto& info = m_backend.session().info();
    const bool own = info && (info->role == Role::VendorManager || info->role == Role::VendorMember);
    // The manager of a vendor may end sessions of the own people, no more.
    return !own || decision == ConflictDecision::EndNew || decision == ConflictDecision::EndOld || decision == ConflictDecision::Escalate;
}

void ConflictReviewController::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT accessChanged();
}

void ConflictReviewController::take()
{
    if (!m_detail || m_busy || !online() || m_detail->conflict.state != ConflictState::Open)
        return;
    setBusy(true);
    const ConflictId id = m_detail->conflict.id;
    m_backend.security().takeConflict(id, m_detail->conflict.version, {this, [this](Result<ConflictDetail> answer) {
        setBusy(false);
        if (!answer) {
            refuse(answer.error(), [this] { take(); });
            return;
        }
        settle(*answer);
        Q_EMIT taken(*answer);
    }});
}

void ConflictReviewController::decide(ConflictDecision decision, const QString& note)
{
    if (!canDecide(decision))
        return;
    setBusy(true);
    const ConflictId id = m_detail->conflict.id;
    const SessionStatus status = decision == ConflictDecision::EndOld ? m_detail->oldSide.session.status : m_detail->newSide.session.status;
    const bool hadEnded = (decision == ConflictDecision::EndOld || decision == ConflictDecision::EndNew) && status != SessionStatus::Active;
    m_backend.security().decide(id, {decision, m_detail->conflict.version, note}, {this, [this, id, decision, note, hadEnded](Result<ConflictDetail> answer) {
        setBusy(false);
        if (!answer) {
            refuse(answer.error(), [this, id, decision, note] {
                if (m_current == id)
                    decide(decision, note);
            });
            return;
        }
        const auto following = m_queue.nextOpen(id); // before the row goes down to what is done
        settle(*answer);
        if (models::isOpen(answer->conflict) && answer->needsSecond) {
            Q_EMIT waitsForSecond(*answer);
            return;
        }
        ++m_decidedToday;
        if (m_current == id && following) {
            select(following);
            Q_EMIT currentChanged();
        }
        Q_EMIT decided(*answer, decision, hadEnded);
    }});
}

void ConflictReviewController::settle(const ConflictDetail& detail)
{
    m_queue.put(detail.conflict);
    if (m_current == detail.conflict.id) {
        m_detail = detail;
        Q_EMIT detailChanged();
    }
    Q_EMIT queueChanged();
}

void ConflictReviewController::refuse(const Error& error, const std::function<void()>& again)
{
    if (StepUp::isNeeded(error)) {
        Q_EMIT stepUpWanted(again);
    } else if (error.code == "stale-decision"_L1 || error.code == "version-mismatch"_L1) {
        m_staled = true;
        readDetail();
    } else {
        Q_EMIT failed(error);
    }
}

void ConflictReviewController::next()
{
    const auto following = m_current ? m_queue.nextOpen(*m_current) : m_queue.rowCount() > 0 ? std::optional(m_queue.row(0).id) : std::nullopt;
    if (!following)
        return;
    select(following);
    Q_EMIT currentChanged();
}

} // namespace naru::ui
