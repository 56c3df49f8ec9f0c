// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/api/LatestCall.h"
#include "models/security/SecurityRows.h"

namespace naru::ui {

// Sessions of other people without the widgets: found while typing, by state, page by page; the chosen one with its account and its devices;
// ending it and locking the account, with a reason. UI thread; owned by the page.
class SessionSearchController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    enum class Show { Active, Displaced, Ended, All };
    explicit SessionSearchController(backend::Backend& backend, QObject* parent = nullptr);

    models::SessionsModel& list() { return m_list; }
    const models::SessionsModel& list() const { return m_list; }
    Load load() const { return m_load; }
    const std::optional<Error>& error() const { return m_error; }
    bool hasMore() const { return !m_next.isEmpty(); }
    Show shown() const { return m_show; }
    const QString& text() const { return m_text; }
    void setShow(Show show);
    void setText(const QString& text);
    void read();
    void readMore();

    void select(std::optional<SessionId> sid);
    const SessionEntry* session() const; // the chosen one
    models::DevicesModel& devices() { return m_devices; }
    const models::DevicesModel& devices() const { return m_devices; }
    const std::optional<AccountEntry>& account() const { return m_account; } // of the chosen session's person, once read
    const std::optional<Error>& accountError() const { return m_accountError; }
    void readAccount();

    bool online() const;
    bool busy() const { return m_busy; }
    bool mayEnd() const; // the chosen session lives and is not one's own
    bool mayLock() const;
    void end(const QString& reason);
    void setLocked(bool locked, const QString& reason);

Q_SIGNALS:
    void listChanged();
    void chosenChanged(); // another one, or what is known of it
    void accessChanged();
    void sessionEnded(const naru::SessionEntry& session, bool wasOver); // wasOver: it had ended before
    void lockChanged(const naru::AccountEntry& account);
    void lockWaits(const naru::AccountEntry& account); // a second person has to confirm
    void failed(const naru::Error& error);
    void stepUpWanted(const std::function<void()>& again);

private:
    SessionQuery query() const;
    void refuse(const Error& error, const std::function<void()>& again);
    void setBusy(bool busy);
    void follow();

    backend::Backend& m_backend;
    models::SessionsModel m_list;
    Load m_load = Load::Loading;
    std::optional<Error> m_error;
    QString m_next; // cursor
    quint64 m_asked = 0;
    Show m_show = Show::Active;
    QString m_text;
    backend::LatestCall m_call;
    std::optional<SessionId> m_sid;
    UserId m_user;
    models::DevicesModel m_devices;
    std::optional<AccountEntry> m_account;
    std::optional<Error> m_accountError;
    backend::LatestCall m_accountCall;
    backend::LatestCall m_devicesCall;
    bool m_busy = false;
};

} // namespace naru::ui
