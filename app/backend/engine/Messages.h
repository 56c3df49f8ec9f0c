// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/engine/Request.h"
#include "protocol/Events.h"
#include "protocol/SecurityFields.h"

#include <atomic>
#include <memory>

// What travels between the threads: values only, each handed over through a Channel.
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
// What the person decided about the device's key.
struct KeyChoice {
    enum class What { Retry, UseMemory, SetUpAgain } what = What::Retry;
};
struct UserActivity {};
struct ReconnectNow {};
struct UseLanguage {
    QString language; // BCP 47
};
struct UseServer {
    QUrl server;
};
using Command = std::variant<RequestCall, SignInCall, ResumeCall, SignOutCall, NotMeCall, CancelCall, KeyChoice, UserActivity, ReconnectNow, UseLanguage, UseServer>;

// In: UI thread → drafts thread. They say whose the drafts are: what was typed for one person never gets among another's.
struct KeepDraft {
    QString owner; // user id
    Draft draft;
};
struct DropDraft {
    QString owner;
    QString place;
    QString entityId;
    bool all = false;
};
struct DraftsCall {
    CallId id = 0;
    CancelToken cancelled;
};
using DraftCommand = std::variant<KeepDraft, DropDraft, DraftsCall>;

// Out: backend and drafts thread → UI thread.
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
struct DraftsHeld {
    QString owner; // user id; empty: nobody's drafts are open
    std::vector<Draft> drafts; // without their content
};
struct DraftsArrived {
    QString owner;
    std::vector<ArrivedDraft> drafts;
    bool fromBeside = false; // they were kept here already, beside others
};
struct DraftsFaulted {
    Error why;
};
struct DevicesChanged {};
using Change = std::variant<ProductSummary, VendorOrderCard, Ticket, Hold, Reservation, protocol::StockChanged, Vendor, WaitlistEntry, Opening, Slot, SlotRule, Conflict>;
using OutMessage = std::variant<Answer, CachedAnswer, Change, SessionSnapshot, ConnectionStatus, KeyState, DevicesChanged, RefreshWanted, DraftsHeld, DraftsArrived, DraftsFaulted>;

} // namespace naru::backend
