// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <mutex>
#include <unordered_map>

namespace naru::server {

struct LiveSession {
    SessionId sid;
    std::int64_t sv = 0;
    UserId userId;
    Role role = Role::Staff;
    std::optional<VendorId> vendorId;
    QString displayName;
    QString deviceName;
    std::optional<DeviceId> deviceId;
    QString network; // networkOf the address it was opened from
    QByteArray jkt; // thumbprint of the device's key
    KeyStorage storage = KeyStorage::Memory; // with the next two: how far the device is trusted
    std::vector<PostureSignal> posture; // the last report
    std::optional<Instant> postureAt;
    std::optional<Instant> missedAt; // that its reports are missing was written down
    Instant startedAt{};
    Instant lastActivity{};
    Instant absUntil{};
    QString restricted; // why it may only read; empty: it may do everything
    Instant steppedUpAt{}; // zero: not in this session
    bool unsaved = false; // lastActivity is newer than the row
};

// What is known of sessions without asking the database: who is live, since when nothing was done, and which recently ended
// and why. Changed only after the commit that says so. Any thread; one lock, held for moments.
class SessionView {
public:
    void opened(const LiveSession& session);
    void learned(const LiveSession& session); // from its row; later activity known here stays; an ended session stays ended
    void ended(const SessionId& sid, const SessionEnded& how);
    void touch(const SessionId& sid, Instant at);
    std::optional<LiveSession> live(const SessionId& sid) const;
    std::optional<SessionEnded> end(const SessionId& sid) const;
    // The smallest session version of a user that is not over; 0 when unknown.
    std::int64_t minimumVersion(const UserId& user) const;
    std::vector<LiveSession> takeUnsaved(); // and counts them as saved
    std::vector<LiveSession> over(Instant now, Millis idleLimit) const; // idle or absolute limit passed
    // Those whose device has missed its reports, which is not written down yet.
    std::vector<SessionId> silent(Instant now) const;
    void forgetEnds(Instant before);

private:
    mutable std::mutex m_lock;
    std::unordered_map<Id128, LiveSession> m_live;
    std::unordered_map<Id128, SessionEnded> m_ended;
    std::unordered_map<Id128, std::int64_t> m_minSv;
};

} // namespace naru::server
