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
}

void ConflictReviewController::read()
{
    const auto asked = ++m_asked;
    m_load = Load::Loading;
    m_error.reset();
    m_above.clear();
    ConflictQuery query;
    query.limit = kPage;
    Reply<naru::Page<Conflict>> reply;
    reply.context = this;
    reply.done = [this, asked](Result<naru::Page<Conflict>> answer) {
        if (asked != m_asked)
            return;
        if (answer) {
            m_load = Load::Ready;
            m_next = answer->next;
            m_queue.setAll(std::move(answer->items));
            if (m_current && !m_queue.known(*m_current))
                m_current.reset();
        } else {
            m_load = Load::Failed;
            m_error = answer.error();
        }
        Q_EMIT queueChanged();
        if (!m_current && m_queue.rowCount() > 0) {
            select(m_queue.row(0).id);
            Q_EMIT currentChanged();
        } else if (m_current) {
            readDetail();
        } else {
            select(std::nullopt);
        }
    };
    m_backend.security().conflicts(query, std::move(reply));
    Q_EMIT queueChanged();
}

void ConflictReviewController::readMore()
{
    if (m_next.isEmpty() || m_load == Load::Loading)
        return;
    ConflictQuery query;
    query.limit = kPage;
    query.after = std::exchange(m_next, QString());
    const auto asked = m_asked;
    m_backend.security().conflicts(query, {this, [this, asked, after = query.after](Result<naru::Page<Conflict>> answer) {
        if (asked != m_asked)
            return;
        if (answer) {
            m_next = answer->next;
            m_queue.addPage(std::move(answer->items));
        } else {
            m_next = after; // may be asked again
        }
        Q_EMIT queueChanged();
    }});
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
        again = again || (m_current == c.id && m_detail && m_detail->conflict.version < c.version);
        m_queue.put(c);
    }
    Q_EMIT queueChanged();
    if (again && !m_busy)
        readDetail();
    if (!m_current && m_queue.rowCount() > 0) {
        select(m_queue.row(0).id);
        Q_EMIT currentChanged();
    }
}

void ConflictReviewController::showAbove()
{
    std::vector<Conflict> above;
    for (auto& [id, c] : std::exchange(m_above, {}))
        above.push_back(std::move(c));
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
