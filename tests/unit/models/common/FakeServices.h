// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/BookingFakes.h"
#include "support/SecurityFakes.h"
#include "unit/models/common/FakeCatalogue.h"
#include "unit/models/common/FakeOrders.h"
#include "unit/models/common/Samples.h"

namespace naru::test {

// A small world behind the backend's interface: answers come through the event loop, as the real ones do, or wait until they
// are let go.
class FakeSession final : public backend::SessionService {
public:
    std::optional<SessionInfo> session;
    backend::SessionState state() const override { return backend::SessionState::Active; }
    const std::optional<SessionInfo>& info() const override { return session; }
    int secondsLeft() const override { return 1781; }
    backend::CallId serverInfo(backend::Reply<ServerInfo>) override { return 0; }
    backend::CallId signIn(const QString&, const QString&, backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId resume(backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId signOut(backend::Reply<Done>) override { return 0; }
    backend::CallId stepUp(const QString&, const QString&, backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId reportNotMe(backend::Reply<Done>) override { return 0; }
};

class FakeBackendWorld final : public backend::Backend {
public:
    Mailbox mail;
    FakeOrders fakeOrders{mail};
    FakeCatalogue fakeCatalogue{mail};
    FakeSession fakeSession;
    FakeCancellations fakeCancellations;
    FakeWaitlist fakeWaitlist;
    FakeSlots fakeSlots;
    FakeStock fakeStock;
    FakeSecurity fakeSecurity;
    FakeDrafts fakeDrafts;

    backend::SessionService& session() override { return fakeSession; }
    backend::CatalogueService& catalogue() override { return fakeCatalogue; }
    backend::OrderService& orders() override { return fakeOrders; }
    backend::ReservationService& reservations() override { qFatal("no reservations in this world"); }
    backend::HomeService& home() override { qFatal("no first screen in this world"); }
    backend::CancellationService& cancellations() override { return fakeCancellations; }
    backend::WaitlistService& waitlist() override { return fakeWaitlist; }
    backend::SlotService& slotRules() override { return fakeSlots; }
    backend::StockService& stock() override { return fakeStock; }
    backend::SecurityService& security() override { return fakeSecurity; }
    backend::DraftService& drafts() override { return fakeDrafts; }
    void cancel(backend::CallId call) override { mail.cancel(call); }
    backend::ConnectionStatus connection() const override { return {}; }
    void reconnectNow() override {}
    void noteUserActivity() override {}
};

} // namespace naru::test
