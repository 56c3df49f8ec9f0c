// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/drafts/DraftDesk.h"
#include "backend/engine/AuthGate.h"

#include <map>

namespace naru::backend {

// Takes a person's unsaved work along to another computer (auth.md §2.18). The console that was displaced leaves its drafts at the server within
// a minute; the one that displaced it takes them, when it has signed in and when it is told that something has come. All of it in the background, and
// silently: what cannot be handed over lies on this computer as before.
//
// The drafts leave sealed, under a key made for this one hand-over of the key that opens them here (proof::handoverKey). The server can be trusted
// with them: it is the one that makes the keys of all drafts, and that gets what they say as soon as they are saved; but it stores them as they came,
// its database and whoever copies it can open nothing, and no plain text is on the way or in any log. Tokens and keys are in memory only, and
// wiped. Backend thread, owned by the engine.
class DraftHandover {
public:
    DraftHandover(HttpClient& http, AuthGate& gate, DraftDesk& drafts, const Limits& limits, const Clock& clock, Rng& rng);
    ~DraftHandover() { forget(); }

    // This console was displaced: `refreshToken`, `draftKey` (base64url) and `sid` of the session it held.
    void displaced(const QByteArray& refreshToken, const QByteArray& draftKey, const SessionId& sid);
    void forget(); // nothing more leaves: somebody signed in here, or says that the sign-in there was not his

    void signedIn();
    void fetch(); // something may have come
    void tick();

private:
    void pack();
    void send();
    void sent(const QByteArray& key, const HttpAnswer& answer);
    void fetched(const HttpAnswer& answer);
    void taken(const SessionId& id, std::int64_t version);

    HttpClient& m_http;
    AuthGate& m_gate;
    DraftDesk& m_drafts;
    const Limits& m_limits;
    const Clock& m_clock;
    Rng& m_rng;

    // Leaving.
    std::unique_ptr<DraftSeal> m_seal; // null: nothing to leave
    QByteArray m_token;
    DraftStore::Handout m_handout;
    quint64 m_packed = 0; // the drafts' revision that is in it
    QByteArray m_key; // idempotency, of this handout
    QByteArray m_doneKey; // of the one the server has
    quint64 m_exchange = 0;
    Millis m_until{0};
    Millis m_next{0};
    Millis m_pause{0};

    // Coming.
    bool m_fetching = false;
    bool m_fetchAgain = false;
    std::optional<Millis> m_fetchAt; // it failed
    Millis m_fetchPause{0};
    std::map<SessionId, std::int64_t> m_takenIn; // newest version of each that is here
};

} // namespace naru::backend
