// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/engine/Request.h"
#include "protocol/Events.h"

#include <atomic>
#include <memory>

// What travels between the two threads: values only, each handed over through a Channel.
namespace naru::backend {

// Set by the UI thread when nobody wants the answer any more. Two owners: the caller's entry in the CallTable and the command
// or job that works on it; whichever ends first must not take it from the other.
using CancelToken = std::shared_ptr<std::atomic<bool>>;

// In: UI thread → backend thread.
struct RequestCall {
    CallId id = 0;
    CancelToken cancelled;
    Request request;
};
struct SignInCall {
    CallId id = 0;
    CancelToken cancelled;
    SignInInput input;
};
// "This was not me", by whom a newcomer displaced.
struct NotMeCall {
    CallId id = 0;
    CancelToken cancelled;
};
struct ResumeCall {
    CallId id = 0;
    CancelToken cancelled;
};
struct SignOutCall {
    CallId id = 0;
    CancelToken cancelled;
};
struct CancelCall {
    CallId id = 0;
};
struct UserActivity {};
struct ReconnectNow {};
struct UseLanguage {
    QString language; // BCP 47
};
struct UseServer {
    QUrl server;
};
using Command = std::variant<RequestCall, SignInCall, ResumeCall, SignOutCall, NotMeCall, CancelCall, UserActivity, ReconnectNow, UseLanguage, UseServer>;

// Out: backend thread → UI thread.
struct Answer {
    CallId id = 0;
    std::any result; // Result<T>
};
struct CachedAnswer {
    CallId id = 0;
    std::any result; // Result<T> with a value
    Instant asOf{};
};
struct SessionSnapshot {
    SessionState state = SessionState::SignedOut;
    std::optional<SessionInfo> info;
    std::optional<SessionEnded> ended; // when state is Ended
    Millis idleUntil{0}; // by Clock::steady()
    Millis absUntil{0};
};
struct RefreshWanted {};
using Change = std::variant<ProductSummary, VendorOrderCard, Ticket, Hold, Reservation, protocol::StockChanged, Vendor, WaitlistEntry, Opening, Slot, SlotRule>;
using OutMessage = std::variant<Answer, CachedAnswer, Change, SessionSnapshot, ConnectionStatus, RefreshWanted>;

} // namespace naru::backend
