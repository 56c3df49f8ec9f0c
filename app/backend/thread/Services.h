// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/Dispatcher.h"
#include "core/Clock.h"

// The services as the windows see them: each method makes a request value and files it; each take…() turns what the backend
// thread told into signals. UI thread, owned by ThreadedBackend.
namespace naru::backend {

class SessionFacade final : public SessionService {
    Q_OBJECT
public:
    SessionFacade(Dispatcher& dispatcher, const Clock& clock) : m_dispatcher(dispatcher), m_clock(clock) {}

    SessionState state() const override { return m_now.state; }
    const std::optional<SessionInfo>& info() const override { return m_now.info; }
    int secondsLeft() const override;
    CallId serverInfo(Reply<ServerInfo> reply) override;
    CallId signIn(const QString& login, const QString& secret, Reply<SessionInfo> reply) override;
    CallId resume(Reply<SessionInfo> reply) override;
    CallId signOut(Reply<Done> reply) override;
    CallId signInWith(const SignInInput& input, Reply<SessionInfo> reply) override;
    CallId stepUp(const QString& factor, const QString& code, Reply<SessionInfo> reply) override;
    CallId reportNotMe(Reply<Done> reply) override;
    int absoluteSecondsLeft() const override;
    KeyState keyState() const override { return m_key; }
    void retryKey() override;
    void useMemoryKey() override;
    void setUpAgain() override;

    void take(SessionSnapshot now);
    void take(KeyState key);

private:
    Dispatcher& m_dispatcher;
    const Clock& m_clock;
    SessionSnapshot m_now;
    KeyState m_key = KeyState::Waiting;
};

class CatalogueFacade final : public CatalogueService {
    Q_OBJECT
public:
    explicit CatalogueFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId products(const ProductQuery& query, Reply<Page<ProductSummary>> reply) override;
    CallId product(ProductId id, Reply<ProductDetail> reply) override;
    CallId patchProduct(ProductId id, std::int64_t version, const ProductPatch& patch, Reply<ProductDetail> reply) override;
    CallId moveProduct(ProductId id, std::int64_t version, ProductStatus to, const QString& reason, Reply<ProductDetail> reply) override;
    CallId patchOffer(OfferId id, std::int64_t version, const OfferPatch& patch, Reply<Offer> reply) override;
    CallId changeStock(ItemId id, std::int64_t version, const StockChange& change, Reply<StockLevel> reply) override;
    CallId vendors(Reply<Page<Vendor>> reply) override;

private:
    Dispatcher& m_dispatcher;
};

class OrderFacade final : public OrderService {
    Q_OBJECT
public:
    explicit OrderFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId vendorOrders(const VendorOrderQuery& query, Reply<Page<VendorOrderCard>> reply) override;
    CallId counts(const VendorOrderQuery& query, Reply<std::vector<StatusCount>> reply) override;
    CallId vendorOrder(VendorOrderId id, Reply<VendorOrderDetail> reply) override;
    CallId move(VendorOrderId id, std::int64_t version, const VendorOrderMove& move, Reply<VendorOrderDetail> reply) override;

private:
    Dispatcher& m_dispatcher;
};

class ReservationFacade final : public ReservationService {
    Q_OBJECT
public:
    explicit ReservationFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId occupancy(const OccupancyQuery& query, Reply<std::vector<OccupancyRow>> reply) override;
    CallId tickets(const TicketQuery& query, Reply<Page<Ticket>> reply) override;
    CallId openHolds(Reply<Page<Hold>> reply) override;
    CallId queueStats(Reply<QueueStats> reply) override;
    CallId reservation(ReservationId id, Reply<Reservation> reply) override;
    CallId releaseHold(HoldId id, std::int64_t version, const QString& reason, Reply<Hold> reply) override;
    CallId extendHold(HoldId id, std::int64_t version, int seconds, Reply<Hold> reply) override;
    CallId cancelReservation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) override;

private:
    Dispatcher& m_dispatcher;
};

class HomeFacade final : public HomeService {
    Q_OBJECT
public:
    explicit HomeFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId summary(Reply<HomeSummary> reply) override;
    CallId search(const QString& text, Reply<std::vector<SearchHit>> reply) override;

private:
    Dispatcher& m_dispatcher;
};

} // namespace naru::backend
