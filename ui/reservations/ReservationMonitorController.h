// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/common/Backlog.h"
#include "models/reservations/HoldsModel.h"
#include "models/reservations/OccupancyModel.h"
#include "models/reservations/TicketsModel.h"

#include <QTimer>
#include <optional>
#include <unordered_set>

namespace naru::ui {

// The monitor without its widgets: reads the three lists, folds live changes into them, polls the queue's figures once a
// second while the page is visible, releases and extends holds. UI thread; owned by the page.
class ReservationMonitorController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    // Where one of the lists stands. `asOf` is set while only the cache has answered.
    struct Status {
        Load load = Load::Loading;
        std::optional<Instant> asOf;
        std::optional<Error> error; // also with old data on the screen
        bool seen = false; // there is something to show
    };

    ReservationMonitorController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::OccupancyModel& occupancy() { return m_occupancy; }
    models::HoldsModel& holds() { return m_holds; }
    models::TicketsModel& tickets() { return m_tickets; }
    const Status& occupancyStatus() const { return m_occupancyStatus; }
    const Status& holdsStatus() const { return m_holdsStatus; }
    const Status& ticketsStatus() const { return m_ticketsStatus; }
    const std::optional<QueueStats>& stats() const { return m_stats; }
    bool statsStale() const { return m_statsStale; } // the last poll failed
    std::optional<Instant> stoppedSince() const { return m_stoppedSince; } // requests wait and nothing is decided

    QDate from() const { return m_from; }
    int days() const { return kDays; }
    models::OccupancyAxis axis() const { return m_axis; }
    QDate day() const { return m_day; } // that is shown by hours
    QDate today() const;
    void shiftDays(int days);
    void showDay(const QDate& from);
    void showHours(const QDate& day);
    void showDays();

    void load(); // all lists
    void setVisible(bool visible); // polls and follows live changes only while seen; what changed meanwhile is kept

    bool online() const;
    bool mayWrite() const; // the account's role
    bool mayChangeStock() const; // capacity, repairs; and may see the ledger
    static constexpr int kExtendSeconds = 300;
    int extensionFor(const Hold& hold) const; // seconds a hold can still be prolonged by, 0 when none
    void release(HoldId id, const QString& reason);
    void extend(HoldId id);
    bool busy(HoldId id) const { return m_busy.contains(id); }

Q_SIGNALS:
    void occupancyStatusChanged();
    void holdsStatusChanged();
    void ticketsStatusChanged();
    void statsChanged();
    void accessChanged(); // online or role
    void busyChanged();
    void released(const naru::Hold& hold);
    void extended(const naru::Hold& hold, int seconds);
    void writeFailed(const naru::Error& error);

private:
    void readOccupancy();
    void readHolds();
    void readTickets();
    void poll();
    void readWaiting();
    void judge();
    void note(); // a live change has been filed
    void flush();
    void takeCells(const std::vector<backend::CellChange>& cells);
    void showAxis();
    void takeOccupancy(Result<std::vector<OccupancyRow>> answer, const QDate& from);
    void forget(HoldId id);

    static constexpr int kDays = 14;
    static constexpr std::size_t kMostFiled = 5000; // of each kind; beyond it reading again is cheaper
    backend::Backend& m_backend;
    const Clock& m_clock;
    models::OccupancyModel m_occupancy;
    models::HoldsModel m_holds;
    models::TicketsModel m_tickets;
    Status m_occupancyStatus, m_holdsStatus, m_ticketsStatus;
    std::optional<QueueStats> m_stats;
    bool m_statsStale = false;
    std::optional<Instant> m_stoppedSince;
    int m_idlePolls = 0; // one after the other without a decision while requests waited
    QDate m_from;
    QDate m_day;
    models::OccupancyAxis m_axis = models::OccupancyAxis::Days;
    bool m_followsToday = true;
    bool m_visible = false;
    // Live changes since the last time they were shown, the last of each record.
    models::Backlog<TicketId, Ticket> m_newTickets{kMostFiled};
    models::Backlog<HoldId, Hold> m_newHolds{kMostFiled};
    models::Backlog<ItemId, backend::CellChange> m_newCells{kMostFiled};
    Millis m_flushedAt{-1'000'000};
    QTimer m_flushTimer;
    backend::CallId m_occupancyCall = 0;
    std::vector<backend::CellChange> m_sinceAsked; // live changes during a read: its answer may be older
    bool m_polling = false;
    QTimer m_pollTimer;
    QTimer m_rereadTimer; // cells that only a list can tell
    QTimer m_waitingTimer; // how many wait: after changes of waiting lists
    std::unordered_set<HoldId> m_busy; // writes under way
};

} // namespace naru::ui
