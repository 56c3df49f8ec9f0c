// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/SessionSearchController.h"

#include "ui/session/StepUp.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Reply;

namespace {
constexpr int kPage = 100;
} // namespace

SessionSearchController::SessionSearchController(backend::Backend& backend, QObject* parent)
    : QObject(parent), m_backend(backend), m_call(backend), m_accountCall(backend), m_devicesCall(backend)
{
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (m_asked != 0)
            read();
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &SessionSearchController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &SessionSearchController::accessChanged);
}

SessionQuery SessionSearchController::query() const
{
    SessionQuery q;
    q.text = m_text;
    q.limit = kPage;
    switch (m_show) {
    case Show::Active: q.status = SessionStatus::Active; break;
    case Show::Displaced: q.status = SessionStatus::Displaced; break;
    case Show::Ended: q.status = SessionStatus::Revoked; break;
    case Show::All: break;
    }
    return q;
}

void SessionSearchController::setShow(Show show)
{
    if (show == m_show)
        return;
    m_show = show;
    read();
}

void SessionSearchController::setText(const QString& text)
{
    if (text.trimmed() == m_text)
        return;
    m_text = text.trimmed();
    read();
}

void SessionSearchController::read()
{
    ++m_asked;
    m_load = Load::Loading;
    m_error.reset();
    Reply<Page<SessionEntry>> reply;
    reply.context = this;
    reply.done = [this](Result<Page<SessionEntry>> answer) {
        m_load = answer ? Load::Ready : Load::Failed;
        if (answer) {
            m_next = answer->next;
            m_list.assign(std::move(answer->items));
        } else {
            m_error = answer.error();
        }
        Q_EMIT listChanged();
        if (session())
            follow();
        else
            select(m_list.rowCount() > 0 ? std::optional(m_list.row(0).sid) : std::nullopt);
    };
    m_call.start(std::move(reply), [&](Reply<Page<SessionEntry>> guarded) { return m_backend.security().searchSessions(query(), std::move(guarded)); });
    Q_EMIT listChanged();
}

void SessionSearchController::readMore()
{
    if (m_next.isEmpty() || m_load == Load::Loading)
        return;
    SessionQuery q = query();
    q.after = std::exchange(m_next, QString());
    m_backend.security().searchSessions(q, {this, [this, asked = m_asked, after = q.after](Result<Page<SessionEntry>> answer) {
        if (asked != m_asked)
            return;
        m_next = answer ? answer->next : after; // may be asked again
        if (answer)
            m_list.append(std::move(answer->items));
        Q_EMIT listChanged();
    }});
}

void SessionSearchController::select(std::optional<SessionId> sid)
{
    if (sid == m_sid)
        return;
    m_sid = sid;
    follow();
}

// The person of the chosen session, and what is known of it, as it stands in the list.
void SessionSearchController::follow()
{
    const SessionEntry* chosen = session();
    const UserId user = chosen ? chosen->userId : UserId{};
    if (user != m_user) {
        m_user = user;
        m_account.reset();
        m_devices.assign({});
        readAccount();
    }
    Q_EMIT chosenChanged();
}

const SessionEntry* SessionSearchController::session() const { return m_sid ? m_list.find(*m_sid) : nullptr; }

void SessionSearchController::readAccount()
{
    m_accountError.reset();
    if (m_user.isNull()) {
        m_accountCall.cancel();
        m_devicesCall.cancel();
        return;
    }
    Reply<AccountEntry> reply;
    reply.context = this;
    reply.done = [this](Result<AccountEntry> answer) {
        if (answer)
            m_account = std::move(*answer);
        else
            m_accountError = answer.error();
        Q_EMIT chosenChanged();
    };
    m_accountCall.start(std::move(reply), [&](Reply<AccountEntry> guarded) { return m_backend.security().account(m_user, std::move(guarded)); });
    Reply<Page<Device>> devices;
    devices.context = this;
    devices.done = [this](Result<Page<Device>> answer) {
        if (answer)
            m_devices.assign(std::move(answer->items));
        else
            m_accountError = answer.error();
        Q_EMIT chosenChanged();
    };
    m_devicesCall.start(std::move(devices), [&](Reply<Page<Device>> guarded) { return m_backend.security().userDevices(m_user, std::move(guarded)); });
}

bool SessionSearchController::online() const { return m_backend.connection().state == backend::LinkState::Live; }

bool SessionSearchController::mayEnd() const
{
    const SessionEntry* s = session();
    const auto& info = m_backend.session().info();
    return s && !s->current && s->status == SessionStatus::Active && online() && !m_busy && info && info->scopes.contains(u"session.decide"_s);
}

bool SessionSearchController::mayLock() const
{
    const auto& info = m_backend.session().info();
    return m_account && m_account->status != AccountStatus::Closed && online() && !m_busy && info && info->userId != m_account->id && info->scopes.contains(u"session.decide"_s);
}

void SessionSearchController::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT accessChanged();
}

void SessionSearchController::refuse(const Error& error, const std::function<void()>& again)
{
    if (StepUp::isNeeded(error))
        Q_EMIT stepUpWanted(again);
    else
        Q_EMIT failed(error);
}

void SessionSearchController::end(const QString& reason)
{
    if (!mayEnd())
        return;
    setBusy(true);
    const SessionEntry ending = *session();
    m_backend.security().endOther(ending.sid, reason, {this, [this, ending, reason](Result<Done> answer) {
        setBusy(false);
        const bool wasOver = !answer && (answer.error().kind == ErrorKind::NotFound || answer.error().kind == ErrorKind::Conflict);
        if (!answer && !wasOver) {
            refuse(answer.error(), [this, sid = ending.sid, reason] {
                if (m_sid == sid)
                    end(reason);
            });
            return;
        }
        Q_EMIT sessionEnded(ending, wasOver);
        read();
    }});
}

void SessionSearchController::setLocked(bool locked, const QString& reason)
{
    if (!mayLock())
        return;
    setBusy(true);
    const UserId user = m_account->id;
    m_backend.security().lockAccount(user, m_account->version, locked, reason, {this, [this, user, locked, reason](Result<AccountEntry> answer) {
        setBusy(false);
        if (!answer) {
            refuse(answer.error(), [this, user, locked, reason] {
                if (m_user == user)
                    setLocked(locked, reason);
            });
            if (answer.error().kind == ErrorKind::Conflict)
                readAccount(); // somebody else changed it
            return;
        }
        if (m_user == user)
            m_account = *answer;
        Q_EMIT chosenChanged();
        if (locked == (answer->status == AccountStatus::Locked)) {
            Q_EMIT lockChanged(*answer);
            read();
        } else {
            Q_EMIT lockWaits(*answer);
        }
    }});
}

} // namespace naru::ui
