// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/drafts/DraftStore.h"
#include "backend/engine/Messages.h"

namespace naru::backend {

// What the windows ask about drafts, answered from the store; and whose drafts they are, told at each change of person. Backend thread;
// owned by the engine.
class DraftDesk {
public:
    using Push = std::function<void(OutMessage)>;
    DraftDesk(const QString& folder, Push push);

    void signedIn(const QString& server, const UserId& user, const QByteArray& key); // base64url
    void signedOut(); // not at the end of a session: what is typed last still gets in

    void handle(const KeepDraft& command);
    void handle(const DropDraft& command);
    void handle(const DraftsCall& command);
    void sync() { m_store.sync(); } // at the end of each turn

    bool isOpen() const { return m_store.isOpen(); }
    DraftStore::Handout handout(const DraftSeal& seal, qsizetype most) const { return m_store.handout(seal, most); }
    // True: what opened of it is on the disk, and the windows are told. False: it must be kept where it is.
    bool takeIn(const DraftSeal& seal, const QByteArray& sealed);

private:
    void tellOwner();
    const Push m_push;
    DraftStore m_store;
};

} // namespace naru::backend
