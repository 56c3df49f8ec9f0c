// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/BookingFakes.h"
#include "support/SecurityFakes.h"

namespace naru::test {

class FakeSession final : public backend::SessionService {
public:
    FakeSession();
    ~FakeSession() override;
    backend::SessionState state() const override { return m_state; }
    const std::optional<SessionInfo>& info() const override { return m_info; }
    int secondsLeft() const override { return m_state == backend::SessionState::Active ? m_secondsLeft : -1; }
    backend::CallId serverInfo(backend::Reply<ServerInfo> reply) override { return m_servers.take(++m_last, std::move(reply)); }
    backend::CallId signIn(const QString& login, const QString& secret, backend::Reply<SessionInfo> reply) override;
    backend::CallId resume(backend::Reply<SessionInfo> reply) override { return m_resumes.take(++m_last, std::move(reply)); }
    backend::CallId signOut(backend::Reply<Done> reply) override;
    backend::CallId signInWith(const backend::SignInInput& input, backend::Reply<SessionInfo> reply) override;
    backend::CallId stepUp(const QString& factor, const QString& code, backend::Reply<SessionInfo> reply) override;
    backend::CallId reportNotMe(backend::Reply<Done> reply) override { return m_reports.take(++m_last, std::move(reply)); }
    int absoluteSecondsLeft() const override { return m_state == backend::SessionState::Active ? m_absoluteLeft : -1; }
    backend::KeyState keyState() const override { return m_key; }
    void retryKey() override { m_keyCalls.append(QStringLiteral("retry")); }
    void useMemoryKey() override { m_keyCalls.append(QStringLiteral("memory")); }
    void setUpAgain() override { m_keyCalls.append(QStringLiteral("again")); }
    void setKey(backend::KeyState state);

    // What the backend does when a session begins and ends.
    void begin(const SessionInfo& info);
    void end(const SessionEnded& how);

    Script<ServerInfo> m_servers;
    Script<SessionInfo> m_signIns;
    Script<SessionInfo> m_resumes;
    QString m_login;
    QString m_secret;
    int m_secondsLeft = 1781;
    int m_absoluteLeft = 40'000;
    Script<SessionInfo> m_stepUps;
    Script<Done> m_reports;
    backend::SignInInput m_input; // of the last sign-in
    QString m_factor;
    QString m_code;
    backend::KeyState m_key = backend::KeyState::Ready;
    QStringList m_keyCalls;
    backend::SessionState m_state = backend::SessionState::SignedOut;
    std::optional<SessionInfo> m_info;
    backend::CallId m_last = 1000;
};

class FakeCatalogue final : public backend::CatalogueService {
public:
    FakeCatalogue();
    ~FakeCatalogue() override;
    backend::CallId products(const ProductQuery&, backend::Reply<Page<ProductSummary>> r) override { return m_products.take(++m_last, std::move(r)); }
    backend::CallId product(ProductId, backend::Reply<ProductDetail> r) override { return m_details.take(++m_last, std::move(r)); }
    backend::CallId patchProduct(ProductId, std::int64_t, const ProductPatch&, backend::Reply<ProductDetail> r) override { return m_details.take(++m_last, std::move(r)); }
    backend::CallId moveProduct(ProductId, std::int64_t, ProductStatus, const QString&, backend::Reply<ProductDetail> r) override { return m_details.take(++m_last, std::move(r)); }
    backend::CallId patchOffer(OfferId, std::int64_t, const OfferPatch&, backend::Reply<Offer> r) override { return m_offers.take(++m_last, std::move(r)); }
    backend::CallId changeStock(ItemId, std::int64_t, const StockChange&, backend::Reply<StockLevel> r) override { return m_stock.take(++m_last, std::move(r)); }
    backend::CallId vendors(backend::Reply<Page<Vendor>> r) override { return m_vendors.take(++m_last, std::move(r)); }
    Script<Page<ProductSummary>> m_products;
    Script<ProductDetail> m_details;
    Script<Offer> m_offers;
    Script<StockLevel> m_stock;
    Script<Page<Vendor>> m_vendors;
    backend::CallId m_last = 2000;
};

class FakeOrders final : public backend::OrderService {
public:
    FakeOrders();
    ~FakeOrders() override;
    backend::CallId vendorOrders(const VendorOrderQuery&, backend::Reply<Page<VendorOrderCard>> r) override { return m_cards.take(++m_last, std::move(r)); }
    backend::CallId counts(const VendorOrderQuery&, backend::Reply<std::vector<StatusCount>> r) override { return m_counts.take(++m_last, std::move(r)); }
    backend::CallId vendorOrder(VendorOrderId, backend::Reply<VendorOrderDetail> r) override { return m_details.take(++m_last, std::move(r)); }
    backend::CallId move(VendorOrderId, std::int64_t, const VendorOrderMove&, backend::Reply<VendorOrderDetail> r) override { return m_moves.take(++m_last, std::move(r)); }
    Script<Page<VendorOrderCard>> m_cards;
    Script<std::vector<StatusCount>> m_counts;
    Script<VendorOrderDetail> m_details;
    Script<VendorOrderDetail> m_moves;
    backend::CallId m_last = 3000;
};

class FakeReservations final : public backend::ReservationService {
public:
    FakeReservations();
    ~FakeReservations() override;
    backend::CallId occupancy(const OccupancyQuery&, backend::Reply<std::vector<OccupancyRow>> r) override { return m_rows.take(++m_last, std::move(r)); }
    backend::CallId tickets(const TicketQuery&, backend::Reply<Page<Ticket>> r) override { return m_tickets.take(++m_last, std::move(r)); }
    backend::CallId openHolds(backend::Reply<Page<Hold>> r) override { return m_holds.take(++m_last, std::move(r)); }
    backend::CallId queueStats(backend::Reply<QueueStats> r) override { return m_stats.take(++m_last, std::move(r)); }
    backend::CallId reservation(ReservationId, backend::Reply<Reservation> r) override { return m_reservations.take(++m_last, std::move(r)); }
    backend::CallId releaseHold(HoldId, std::int64_t, const QString&, backend::Reply<Hold> r) override { return m_writes.take(++m_last, std::move(r)); }
    backend::CallId extendHold(HoldId, std::int64_t, int, backend::Reply<Hold> r) override { return m_writes.take(++m_last, std::move(r)); }
    backend::CallId cancelReservation(ReservationId, std::int64_t, const QString&, backend::Reply<Reservation> r) override { return m_reservations.take(++m_last, std::move(r)); }
    Script<std::vector<OccupancyRow>> m_rows;
    Script<Page<Ticket>> m_tickets;
    Script<Page<Hold>> m_holds;
    Script<QueueStats> m_stats;
    Script<Reservation> m_reservations;
    Script<Hold> m_writes;
    backend::CallId m_last = 4000;
};

class FakeHome final : public backend::HomeService {
public:
    FakeHome();
    ~FakeHome() override;
    backend::CallId summary(backend::Reply<HomeSummary> r) override { return m_summaries.take(++m_last, std::move(r)); }
    backend::CallId search(const QString& text, backend::Reply<std::vector<SearchHit>> r) override
    {
        m_texts.append(text);
        return m_searches.take(++m_last, std::move(r));
    }
    Script<HomeSummary> m_summaries;
    Script<std::vector<SearchHit>> m_searches;
    QStringList m_texts;
    backend::CallId m_last = 5000;
};

// A backend without thread or network for tests of windows: the test decides what is answered and when. UI thread.
class FakeBackend final : public backend::Backend {
public:
    FakeBackend();
    ~FakeBackend() override;
    backend::SessionService& session() override { return m_session; }
    backend::CatalogueService& catalogue() override { return m_catalogue; }
    backend::OrderService& orders() override { return m_orders; }
    backend::ReservationService& reservations() override { return m_reservations; }
    backend::HomeService& home() override { return m_home; }
    backend::CancellationService& cancellations() override { return m_cancellations; }
    backend::WaitlistService& waitlist() override { return m_waitlist; }
    backend::SlotService& slotRules() override { return m_slots; }
    backend::StockService& stock() override { return m_stock; }
    backend::SecurityService& security() override { return m_security; }
    backend::DraftService& drafts() override { return m_drafts; }
    void cancel(backend::CallId call) override { m_cancelled.push_back(call); }
    backend::ConnectionStatus connection() const override { return m_connection; }
    void reconnectNow() override { ++m_reconnects; }
    void noteUserActivity() override { ++m_activities; }
    void setLink(backend::LinkState state, int lagMs = -1, int retryInMs = 0);

    FakeSession m_session;
    FakeCatalogue m_catalogue;
    FakeOrders m_orders;
    FakeReservations m_reservations;
    FakeHome m_home;
    FakeCancellations m_cancellations;
    FakeWaitlist m_waitlist;
    FakeSlots m_slots;
    FakeStock m_stock;
    FakeSecurity m_security;
    FakeDrafts m_drafts;
    backend::ConnectionStatus m_connection;
    std::vector<backend::CallId> m_cancelled;
    int m_reconnects = 0;
    int m_activities = 0;
};

SessionInfo staffSession(); // 한지우, operations
ServerInfo demoServer();
Error errorOf(ErrorKind kind, const QString& code = {});

} // namespace naru::test
