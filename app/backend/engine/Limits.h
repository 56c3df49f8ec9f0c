// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <QtGlobal>
#include <cstddef>

namespace naru::backend {

// Every bound of the backend in one place. A plain value; tests shrink the spans.
struct Limits {
    std::size_t queuedCalls = 512; // waiting between the threads
    int requestsInFlight = 6; // what one HTTP/1.1 network manager opens to a host; the event stream has its own
    Millis requestTimeout{15'000}; // from sending to the last byte
    Millis slowAfter{3'000}; // an answer this late shows as lag
    qint64 bodyBytes = 16 * 1024 * 1024;
    int retries = 2;
    Millis retryBase{250}; // doubled each time, with jitter
    int retryAfterMost = 5; // seconds: a server that asks for more gets no second try by itself
    std::size_t pageRows = 10'000;
    Millis uiTurn{8}; // of the UI thread, for delivering
    int engineTurn = 64; // commands before the engine looks at its sockets again
    int uiBatch = 512; // changes gathered into one signal
    Millis flush{50}; // events are folded this long
    Millis reconnectMin{500};
    Millis reconnectMax{10'000};
    Millis heartbeatLost{15'000}; // the server sends a line every 5 s
    Millis longGap{120'000}; // cut off for longer: reading again is cheaper than replaying
    Millis firstStream{1'000}; // how long a sign-in waits for the event stream, so that no change falls between
    qsizetype sseEventBytes = 1024 * 1024;
    Millis tick{500};
    Millis activitySent{60'000}; // input without any request is told to the server after this
    Millis idleWarning{120'000}; // …and at once when less than this is left
    Millis tokenLeeway{10'000}; // an access token this close to its end is renewed before it is used
    Millis keychain{10'000};
    Millis keyUnlock{60'000}; // how long the device's key is waited for while the keychain asks to be unlocked
    Millis wakeGap{30'000}; // no tick for so long: the computer slept
    int mismatches = 3; // refreshes in a row that do not fit this device's key: then the session counts as ended
    std::size_t parkedWrites = 64; // writes that wait for the same person to sign in again
    Millis parkedFor{12 * 3'600'000}; // …not longer than the server remembers idempotency keys
    Millis notMe{24 * 3'600'000}; // how long "this was not me" can be said after a displacement
    Millis handover{60'000}; // how long after a displacement the server takes what was typed here
    Millis handoverAfter{100}; // the windows' last keystrokes come first
    Millis handoverPause{1'000}; // before it is tried again; doubled each time
    qsizetype handoverBytes = 700 * 1024; // of sealed drafts: what the server takes
    Millis postureLook{60'000};
    Millis postureTold{15 * 60'000}; // also when nothing has changed
    int authAgeOld = 15'000; // ms: older knowledge of ended sessions is shown
    Millis clockOff{60'000}; // less is not worth a word
    Millis stopWrites{2'000};
    Millis stopThread{5'000};
};

} // namespace naru::backend
