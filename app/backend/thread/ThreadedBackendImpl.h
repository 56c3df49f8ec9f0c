// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Engine.h"
#include "backend/thread/BackendThread.h"
#include "backend/thread/BookingFacades.h"
#include "backend/thread/DraftFacade.h"
#include "backend/thread/SecurityFacade.h"
#include "backend/thread/Services.h"
#include "backend/thread/ThreadedBackend.h"

namespace naru::backend {

// The front on the UI thread: files calls, wakes the engine, and hands on what the engine put into the channel out, at most
// some milliseconds per turn of the event loop. Owned by the composition root.
class ThreadedBackend final : public Backend {
    Q_OBJECT
public:
    explicit ThreadedBackend(const BackendConfig& config);
    ~ThreadedBackend() override;

    SessionService& session() override { return m_session; }
    CatalogueService& catalogue() override { return m_catalogue; }
    OrderService& orders() override { return m_orders; }
    ReservationService& reservations() override { return m_reservations; }
    HomeService& home() override { return m_home; }
    CancellationService& cancellations() override { return m_cancellations; }
    WaitlistService& waitlist() override { return m_waitlist; }
    SlotService& slotRules() override { return m_slots; }
    StockService& stock() override { return m_stock; }
    SecurityService& security() override { return m_security; }
    DraftService& drafts() override { return m_drafts; }
    void cancel(CallId call) override;
    ConnectionStatus connection() const override { return m_connection; }
    void reconnectNow() override;
    void noteUserActivity() override;
    void setLanguage(const QString& language) override;
    void useServer(const QUrl& server) override;

private:
    // Changes gathered over one turn, so that each screen hears once.
    struct Batch {
        std::vector<ProductSummary> products;
        std::vector<VendorOrderCard> vendorOrders;
        std::vector<Ticket> tickets;
        std::vector<Hold> holds;
        std::vector<Reservation> reservations;
        std::vector<Vendor> vendors;
        std::vector<StockLevel> stock;
        std::vector<CellChange> cells;
        std::vector<WaitlistEntry> waiting;
        std::vector<Opening> openings;
        std::vector<Slot> changedSlots;
        std::vector<SlotRule> rules;
        std::vector<Conflict> conflicts;
        int size = 0;
    };
    void drain();
    void take(OutMessage message, Batch& batch);
    void emitBatch(Batch& batch);
    void stop();

    const Clock& m_clock;
    const Limits m_limits;
    Channel<Command> m_in;
    Channel<DraftCommand> m_draftsIn;
    Channel<OutMessage> m_out;
    BackendThread m_thread;
    Dispatcher m_dispatcher;
    SessionFacade m_session;
    CatalogueFacade m_catalogue;
    OrderFacade m_orders;
    ReservationFacade m_reservations;
    HomeFacade m_home;
    CancellationFacade m_cancellations;
    WaitlistFacade m_waitlist;
    SlotFacade m_slots;
    StockFacade m_stock;
    SecurityFacade m_security;
    DraftFacade m_drafts;
    ConnectionStatus m_connection;
    std::optional<Millis> m_activityTold;
};

} // namespace naru::backend
