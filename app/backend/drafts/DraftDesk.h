// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/drafts/DraftStore.h"
#include "backend/engine/Messages.h"
#include "backend/thread/Channel.h"

#include <mutex>
#include <thread>

namespace naru::backend {

// What the windows ask about drafts, answered from the store on a thread of its own: what is typed is written at once, however much the backend thread
// has to read just then. The engines are asked and ask under a lock that is held for a write to a file at most, for the disk only where a person's drafts
// are sealed or come from another computer; all that the windows said before comes first. `push` is called on either thread. Lives on the stack of
// BackendThread::run(): it outlives a change of the server.
class DraftDesk {
public:
    using Push = std::function<void(OutMessage)>;
    DraftDesk(const QString& folder, Channel<DraftCommand>& in, Millis again, Push push); // `again`: after that what the disk refused is tried again
    ~DraftDesk(); // closes the channel, works off what is in it, and seals
    DraftDesk(const DraftDesk&) = delete;
    DraftDesk& operator=(const DraftDesk&) = delete;

    // Backend thread.
    void signedIn(const QString& server, const UserId& user, const QByteArray& key); // base64url
    void signedOut(); // not at the end of a session: what is typed last still gets in
    bool isOpen();
    quint64 revision(); // another one when the windows changed something
    DraftStore::Handout handout(const DraftSeal& seal, qsizetype most);
    // True: what opened of it is on the disk, and the windows are told. False: it must be kept where it is.
    bool takeIn(const DraftSeal& seal, const QByteArray& sealed);

private:
    std::unique_lock<std::mutex> enter();
    void run();
    void handle(const KeepDraft& command);
    void handle(const DropDraft& command);
    void handle(const DraftsCall& command);
    void tellOwner();

    Channel<DraftCommand>& m_in;
    const Millis m_again;
    const Push m_push;
    std::mutex m_lock; // guards the rest, and taking out of the channel
    DraftStore m_store;
    quint64 m_revision = 0;
    std::thread m_thread;
};

} // namespace naru::backend
