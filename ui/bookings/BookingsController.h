// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "models/reservations/Records.h"

#include <QTimer>

namespace naru::ui {

// The bookings without their widgets: the list by state, text or slot, the chosen one in detail with what cancelling it would cost, and
// the writes. Live changes are gathered and shown a few times a second. UI thread; owned by the page.
class BookingsController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    enum class Show { All, Open, Asked, Cancelled };

    explicit BookingsController(backend::Backend& backend, QObject* parent = nullptr);

    models::ReservationsModel& list() { return m_list; }
    Load load() const { return m_load; }
    const std::optional<Error>& listError() const { return m_listError; }
    bool hasMore() const { return !m_next.isEmpty(); }
    Show shown() const { return m_show; }
    const QString& slotName() const { return m_slotName; } // the list is of one slot
    void setShow(Show show);
    void setText(const QString& text);
    void showSlotOf(ItemId item); // the bookings of this slot only
    void showAllSlots();
    void read();
    void readMore();
    void setVisible(bool visible);

    void open(ReservationId id);
    std::optional<ReservationId> opened() const { return m_id; }
    const std::optional<Reservation>& head() const { return m_head; } // from the list's row at once
    const std::optional<ReservationDetail>& detail() const { return m_detail; }
    const std::optional<Error>& detailError() const { return m_detailError; }
    const std::optional<CancellationQuote>& quote() const { return m_quote; }
    const std::optional<Error>& quoteError() const { return m_quoteError; }
    void readDetail();
    void readQuote();

    bool online() const;
    bool mayWrite() const;
    bool busy() const { return m_busy; }
    void cancel(const CancelRequest& request);
    void decline(const QString& reason);
    void checkIn();
    void undoCheckIn(const QString& reason);
    void markNoShow(const QString& reason);
    void complete();
    void move(const MoveRequest& request);
    backend::Backend& backend() { return m_backend; }

Q_SIGNALS:
    void listChanged();
    void detailChanged();
    void quoteChanged();
    void accessChanged();
    void wrote(const naru::Reservation& now);
    void writeFailed(const naru::Error& error);

private:
    ReservationFilter filter() const;
    bool fits(const Reservation& row) const;
    void gather(const std::vector<Reservation>& changed);
    void showGathered();
    backend::Reply<Reservation> writing();
    std::optional<std::int64_t> begin(); // the version to guard by; none: not now

    backend::Backend& m_backend;
    models::ReservationsModel m_list;
    Load m_load = Load::Loading;
    std::optional<Error> m_listError;
    QString m_next;
    QString m_text;
    Show m_show = Show::All;
    std::optional<SlotId> m_slot;
    ItemId m_slotItem;
    QString m_slotName;
    quint64 m_asked = 0; // the newest reading of the list
    std::unordered_map<ReservationId, Reservation> m_gathered;
    QTimer m_gatherTimer;
    bool m_visible = false;
    bool m_stale = true;
    std::optional<ReservationId> m_id;
    std::optional<Reservation> m_head;
    std::optional<ReservationDetail> m_detail;
    std::optional<Error> m_detailError;
    std::optional<CancellationQuote> m_quote;
    std::optional<Error> m_quoteError;
    bool m_busy = false;
};

} // namespace naru::ui
