// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/api/LatestCall.h"
#include "core/Clock.h"
#include "models/security/ConflictQueueModel.h"

#include <set>

namespace naru::ui {

// The review of session conflicts without its widgets: the queue, live, the chosen conflict in detail, and what is decided about it. The whole
// queue is read, page after page, as soon as somebody who reviews is signed in, so that the rail tells how much waits. A decision
// names the version it was made on; when somebody else was faster, the newest state is read and told, and nothing has been decided. UI thread;
// owned by the page.
class ConflictReviewController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    ConflictReviewController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::ConflictQueueModel& queue() { return m_queue; }
    const models::ConflictQueueModel& queue() const { return m_queue; }
    Load load() const { return m_load; }
    const std::optional<Error>& error() const { return m_error; }
    void open(); // the screen is looked at: from now on one conflict is chosen, and its detail read
    void read();
    void readMore(); // goes on where a page failed
    bool isWhole() const { return m_load == Load::Ready && m_next.isEmpty(); } // everything the server has is in the queue
    int missing() const { return m_missing; } // open ones the server has and that are not read yet
    int openCount() const; // with those
    void setText(const QString& text);
    int newAbove() const { return static_cast<int>(m_above.size()); } // arrived live, kept out of the list so that its rows stay put
    void showAbove();
    int decidedToday() const { return m_decidedToday; } // here, by this person
    bool urgent() const; // something reported is open

    std::optional<ConflictId> current() const { return m_current; }
    void select(std::optional<ConflictId> id); // reads its detail
    void openRecord(ConflictId id); // also one that is not in the queue
    const std::optional<ConflictDetail>& detail() const { return m_detail; } // of the current one, once read
    Load detailLoad() const { return m_detailLoad; }
    const std::optional<Error>& detailError() const { return m_detailError; }
    void readDetail();

    bool online() const;
    bool mayDecide() const;
    bool busy() const { return m_busy; }
    bool canDecide(ConflictDecision decision) const; // of the detail at hand
    void take();
    void decide(ConflictDecision decision, const QString& note);
    void next(); // the next open one becomes current

Q_SIGNALS:
    void queueChanged();
    void currentChanged(); // another one, by next() or because the old one went
    void detailChanged();
    void accessChanged();
    // Done; `detail` says what became of it. The next one is current already.
    void decided(const naru::ConflictDetail& detail, naru::ConflictDecision asked, bool hadEnded);
    void waitsForSecond(const naru::ConflictDetail& detail);
    void taken(const naru::ConflictDetail& detail);
    void stale(const naru::ConflictDetail& newest); // nothing was decided: somebody else was faster
    void failed(const naru::Error& error);
    void stepUpWanted(const std::function<void()>& again);

private:
    void readIfReviewer();
    void readPage(const QString& after);
    void pageRead(naru::Page<Conflict> page, bool first);
    void chooseFirst();
    void takeLive(const std::vector<Conflict>& changed);
    void settle(const ConflictDetail& detail);
    void refuse(const Error& error, const std::function<void()>& again);
    void setBusy(bool busy);

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::ConflictQueueModel m_queue;
    Load m_load = Load::Loading;
    std::optional<Error> m_error;
    QString m_next; // cursor; empty: the queue is whole
    bool m_readingMore = false;
    int m_missing = 0;
    int m_read = 0; // rows of the reading that is going on
    std::set<ConflictId> m_seen; // by it, and live since it began
    bool m_opened = false;
    quint64 m_asked = 0;
    std::map<ConflictId, Conflict> m_above;
    int m_decidedToday = 0;
    std::optional<ConflictId> m_current;
    std::optional<ConflictDetail> m_detail;
    Load m_detailLoad = Load::Ready;
    std::optional<Error> m_detailError;
    backend::LatestCall m_detailCall;
    bool m_busy = false;
    bool m_staled = false; // the detail being read is to be told as what others did
};

} // namespace naru::ui
