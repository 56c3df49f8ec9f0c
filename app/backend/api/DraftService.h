// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Time.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

namespace naru::backend {

// One editor's unsaved state. `place` and `entityId` name the editor: writing again replaces, so an editor has one draft.
struct Draft {
    QString place; // "products.variants", "slotrules.form"; "workspace" for screen, selection and caret
    QString entityId; // empty: a new thing
    QString title; // what a person calls it
    std::int64_t baseVersion = 0; // of the thing when the edit began
    QByteArray content; // as the editor reads it back; UTF-8 JSON by habit
    int changes = 0; // how many edits it holds; 0: not counted to the person ("workspace")
    Instant changedAt{};
    friend bool operator==(const Draft&, const Draft&) = default;
};

// A draft the same person left on another computer. It is kept here already.
struct ArrivedDraft {
    Draft draft;
    std::optional<QByteArray> over; // content of the draft of the same editor that it goes on from, and took the place of; nothing: there was none
    friend bool operator==(const ArrivedDraft&, const ArrivedDraft&) = default;
};

// Draft::place of one that waits beside the draft of its editor: both computers held another text for the same thing. When the editor's own draft ends,
// the one beside it takes its place and arrives.
inline QString placeBeside(const QString& place) { return QStringLiteral("beside/") + place; }

// What people have typed and not saved, kept encrypted on this computer from the keystroke on, through expiry, displacement, revocation and
// a killed program. Only the same person on the same device can open it: the key comes from the server with the sign-in and is kept in memory
// only. What lies here when a sign-in on another known computer ends the session is handed over to that one, sealed. UI thread; writes go to the backend thread in the order they were made.
class DraftService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // On the disk within 100 ms. No answer: a disk that refuses is told by faulted().
    virtual void keep(const Draft& draft) = 0;
    virtual void drop(const QString& place, const QString& entityId) = 0;
    virtual void dropAll() = 0;
    // Everything of the person signed in, oldest first. NotFound never: empty.
    virtual CallId all(Reply<std::vector<Draft>> reply) = 0;
    // Edits kept for the person signed in, or who was until the end of the session.
    virtual int count() const = 0;

Q_SIGNALS:
    void countChanged(int changes);
    // From another computer, after the sign-in here ended the session there; or from beside an editor's draft that ended.
    void arrived(const std::vector<naru::backend::ArrivedDraft>& drafts);
    void faulted(const naru::Error& why); // nothing can be kept at the moment: said once until it works again
};

} // namespace naru::backend
