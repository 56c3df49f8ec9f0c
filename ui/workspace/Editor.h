// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/DraftService.h"

#include <QObject>

namespace naru::ui {

// One place where people type what is saved later: the workspace keeps what it holds and brings it back. It is found as a child of its page
// (so its parent is the page or one of the page's widgets); there is nothing else to register. FormEditor does all this for a form of fields.
// UI thread.
class Editor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual QString place() const = 0; // of its drafts, Draft::place: "products.variants"; the first word is the screen's id
    // What is typed and not saved, one draft for each thing; empty: nothing. changedAt is filled in by the workspace.
    virtual std::vector<backend::Draft> drafts() const = 0;
    // Brings one back after a start, as soon as its thing has been read; until then drafts() still holds it. When the thing is newer than
    // the draft, fields nobody else touched merge and the others are shown side by side.
    virtual void restore(const backend::Draft& kept) = 0;
    virtual bool isWaiting() const { return false; } // for the thing of a draft that was restored
    virtual void discard() = 0; // empties it: the person does not want what was typed

Q_SIGNALS:
    void edited(); // after each keystroke, and after saving
};

} // namespace naru::ui
