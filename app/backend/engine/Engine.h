// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/auth/DeviceKey.h"
#include "backend/auth/TokenKeep.h"
#include "backend/cache/Cache.h"
#include "backend/drafts/DraftDesk.h"
#include "backend/engine/DraftHandover.h"
#include "backend/engine/EventFold.h"
#include "backend/engine/Jobs.h"
#include "backend/engine/LinkMonitor.h"
#include "backend/engine/NotMe.h"
#include "backend/engine/SessionWatch.h"
#include "backend/engine/SignInFlow.h"
#include "backend/net/EventStream.h"
#include "backend/thread/Channel.h"

namespace naru::backend {

// What an engine is told at its start.
struct EngineConfig {
    QUrl server;
    QString caFile;
    QString cacheFolder; // empty: no cache
    QString deviceName;
    QString language;
    const Clock* clock = nullptr;
    Rng* rng = nullptr;
    Limits limits;
    MakeNetwork network; // empty: Qt's own
    std::function<std::unique_ptr<TokenKeep>(const QString& server)> keep; // empty: a session ends with the program
    std::function<std::unique_ptr<KeychainEntry>()> keyEntry; // of the device's key; empty: it lives in memory
    QString keyMarker; // file beside it
    std::function<std::vector<PostureSignal>()> posture; // empty: nothing is reported
};

// The backend thread's one object: takes commands from the channel in, works on them with what it owns (network, cache,
// tokens, event stream), and puts answers and snapshots into the channel out. Lives on the stack of BackendThread::run().
class Engine : public QObject {
    Q_OBJECT
public:
    Engine(const EngineConfig& config, DeviceKey& key, DraftDesk& drafts, Channel<Command>& in, Channel<OutMessage>& out, std::function<void()> wakeUi);
    ~Engine() override;

    void drain();

Q_SIGNALS:
    void drained(); // more is waiting: the next turn of the loop goes on
    void stopped();
    void moved(const QUrl& server, const QString& language); // another engine has to take over

private:
    void listen();
    void handle(RequestCall call);
    void handle(SignInCall call);
    void handle(ResumeCall call);
    void handle(SignOutCall call);
    void handle(NotMeCall call);
    void handle(const CancelCall& call);
    void handle(const KeyChoice& choice);
    void handle(const UserActivity&);
    void handle(const ReconnectNow&);
    void handle(const UseLanguage& use);
    void handle(const UseServer& use);

    void beginSignIn(CallId id, std::function<void()> begin);
    void keyChanged();
    void signedIn(CallId id, const SessionInfo& info);
    void sessionRead(const SessionInfo& info);
    void signInFailed(CallId id, const Error& why);
    bool busySigningIn(CallId id);
    void answerSignIn();
    void sessionEnded(const SessionEnded& how);
    void closeSession(SessionState state);
    void keepToken();
    void streamEvent(const SseEvent& event);
    void streamOpened(bool resumed);
    void streamRefused(const HttpAnswer& answer);
    void flush();
    void localize(FoldedChange& change);
    void tick();
    void sendActivity();
    void beginStop();
    void stopNow();
    void stopWhenKept();

    void push(OutMessage message);
    void pushSnapshot(const char* key, OutMessage message);
    void pushSession();
    template <class T> void answer(CallId id, Result<T> result) { push(Answer{id, std::any(std::move(result))}); }

    const EngineConfig m_config;
    DeviceKey& m_key;
    DraftDesk& m_drafts;
    const Limits& m_limits;
    const Clock& m_clock;
    Channel<Command>& m_in;
    Channel<OutMessage>& m_out;
    std::function<void()> m_wakeUi;

    ProofSource m_proofs;
    HttpClient m_http;
    AuthGate m_gate;
    std::unique_ptr<TokenKeep> m_keep;
    Cache m_cache;
    LinkMonitor m_link;
    EventStream m_stream;
    EventFold m_fold;
    SignInFlow m_signIn;
    SessionWatch m_watch;
    NotMe m_notMe;
    DraftHandover m_handover;
    Jobs m_jobs;

    SessionState m_state = SessionState::SignedOut;
    SessionState m_before = SessionState::SignedOut; // to go back to when a sign-in comes to nothing
    std::optional<SessionInfo> m_info;
    std::optional<SessionEnded> m_ended;
    std::function<void()> m_begin; // a sign-in that waits for the device's key
    bool m_resuming = false;
    CallId m_signInCall = 0; // answered once the stream is open, too
    bool m_readSinceStart = false; // an answer that an unseen change may have overtaken
    bool m_streamEverOpen = false;
    bool m_streamLost = false; // since it was open last
    QTimer* m_flush; // children
    QTimer* m_tick;
    QTimer* m_firstStream;
    QTimer* m_stopLimit;
    QString m_language;
    bool m_stopping = false;
    bool m_moving = false;
};

} // namespace naru::backend
