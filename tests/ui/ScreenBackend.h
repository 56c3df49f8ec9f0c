// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/BookingFakes.h"
#include "support/SecurityFakes.h"

#include <functional>

namespace naru::test {

// A backend for screens: answers from what a test puts in, at once or when told, and plays live changes. UI thread.
template <class T> struct Answers {
    Result<T> value = Error{ErrorKind::Offline, 0, QStringLiteral("offline"), {}, {}, true};
    std::optional<std::pair<T, Instant>> cached;
    bool wait = false; // keeps replies until flush()
    int calls = 0;
    std::vector<backend::Reply<T>> parked;

    backend::CallId take(backend::Reply<T> reply)
    {
        ++calls;
        if (cached && reply.cached)
            reply.cached(cached->first, cached->second);
        if (wait)
            parked.push_back(std::move(reply));
        else
            QMetaObject::invokeMethod(reply.context, [reply, v = value] { reply.done(v); }, Qt::QueuedConnection);
        return static_cast<backend::CallId>(calls);
    }
    void flush()
    {
        for (auto& reply : std::exchange(parked, {}))
            reply.done(value);
    }
};

class ScreenSession final : public backend::SessionService {
public:
    std::optional<SessionInfo> m_info;
    backend::SessionState state() const override { return backend::SessionState::Active; }
    const std::optional<SessionInfo>& info() const override { return m_info; }
    int secondsLeft() const override { return 1781; }
    backend::CallId serverInfo(backend::Reply<ServerInfo>) override { return 0; }
    backend::CallId signIn(const QString&, const QString&, backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId resume(backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId signOut(backend::Reply<Done>) override { return 0; }
    backend::CallId stepUp(const QString&, const QString&, backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId reportNotMe(backend::Reply<Done>) override { return 0; }
};

class ScreenCatalogue final : public backend::CatalogueService {
public:
    Script<Page<ProductSummary>> m_products;
    backend::CallId m_last = 2000;
    backend::CallId products(const ProductQuery&, backend::Reply<Page<ProductSummary>> r) override { return m_products.take(++m_last, std::move(r)); }
    backend::CallId product(ProductId, backend::Reply<ProductDetail>) override { return 0; }
    backend::CallId patchProduct(ProductId, std::int64_t, const ProductPatch&, backend::Reply<ProductDetail>) override { return 0; }
    backend::CallId moveProduct(ProductId, std::int64_t, ProductStatus, const QString&, backend::Reply<ProductDetail>) override { return 0; }
    backend::CallId patchOffer(OfferId, std::int64_t, const OfferPatch&, backend::Reply<Offer>) override { return 0; }
    backend::CallId changeStock(ItemId, std::int64_t, const StockChange&, backend::Reply<StockLevel>) override { return 0; }
    backend::CallId vendors(backend::Reply<Page<Vendor>>) override { return 0; }
};

class ScreenOrders final : public backend::OrderService {
public:
    backend::CallId vendorOrders(const VendorOrderQuery&, backend::Reply<Page<VendorOrderCard>>) override { return 0; }
    backend::CallId counts(const VendorOrderQuery&, backend::Reply<std::vector<StatusCount>>) override { return 0; }
    backend::CallId vendorOrder(VendorOrderId, backend::Reply<VendorOrderDetail>) override { return 0; }
    backend::CallId move(VendorOrderId, std::int64_t, const VendorOrderMove&, backend::Reply<VendorOrderDetail>) override { return 0; }
};

class ScreenReservations final : public backend::ReservationService {
public:
    Answers<std::vector<OccupancyRow>> m_occupancy;
    Answers<Page<Ticket>> m_tickets;
    Answers<Page<Hold>> m_holds;
    Answers<QueueStats> m_stats;
    Answers<Hold> m_write;
    OccupancyQuery m_query;
    std::function<void(HoldId, std::int64_t, QString)> m_onRelease;
    std::function<void(HoldId, std::int64_t, int)> m_onExtend;

    backend::CallId occupancy(const OccupancyQuery& query, backend::Reply<std::vector<OccupancyRow>> reply) override
    {
        m_query = query;
        return m_occupancy.take(std::move(reply));
    }
    backend::CallId tickets(const TicketQuery&, backend::Reply<Page<Ticket>> reply) override { return m_tickets.take(std::move(reply)); }
    backend::CallId openHolds(backend::Reply<Page<Hold>> reply) override { return m_holds.take(std::move(reply)); }
    backend::CallId queueStats(backend::Reply<QueueStats> reply) override { return m_stats.take(std::move(reply)); }
    backend::CallId reservation(ReservationId, backend::Reply<Reservation>) override { return 0; }
    backend::CallId releaseHold(HoldId id, std::int64_t version, const QString& reason, backend::Reply<Hold> reply) override
    {
        if (m_onRelease)
            m_onRelease(id, version, reason);
        return m_write.take(std::move(reply));
    }
    backend::CallId extendHold(HoldId id, std::int64_t version, int seconds, backend::Reply<Hold> reply) override
    {
        if (m_onExtend)
            m_onExtend(id, version, seconds);
        return m_write.take(std::move(reply));
    }
    backend::CallId cancelReservation(ReservationId, std::int64_t, const QString&, backend::Reply<Reservation>) override { return 0; }
};

class ScreenHome final : public backend::HomeService {
public:
    Answers<HomeSummary> m_summary;
    backend::CallId summary(backend::Reply<HomeSummary> reply) override { return m_summary.take(std::move(reply)); }
    backend::CallId search(const QString&, backend::Reply<std::vector<SearchHit>>) override { return 0; }
};

class ScreenBackend final : public backend::Backend {
public:
    ScreenSession m_session;
    ScreenCatalogue m_catalogue;
    ScreenOrders m_orders;
    ScreenReservations m_reservations;
    ScreenHome m_home;
    FakeCancellations m_cancellations;
    FakeWaitlist m_waitlist;
    FakeSlots m_slots;
    FakeStock m_stock;
    FakeSecurity m_security;
    FakeDrafts m_drafts;
    backend::ConnectionStatus m_connection{backend::LinkState::Live, 42, {}, 0, {}};

    ScreenBackend()
    {
        SessionInfo info;
        info.displayName = QStringLiteral("한지우");
        info.scopes = {QStringLiteral("reservation.read"), QStringLiteral("reservation.write"), QStringLiteral("stock.write"), QStringLiteral("catalog.write")};
        m_session.m_info = info;
    }
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
    void cancel(backend::CallId) override {}
    backend::ConnectionStatus connection() const override { return m_connection; }
    void reconnectNow() override {}
    void noteUserActivity() override {}
    void setLink(backend::LinkState state)
    {
        m_connection.state = state;
        Q_EMIT connectionChanged(m_connection);
    }
};

} // namespace naru::test
