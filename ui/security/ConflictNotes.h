// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/Editor.h"

namespace naru::ui {

class DecisionCard;

// Notes on conflicts of sessions that no decision has taken along yet, as drafts: one for each conflict. UI thread; child of the card.
class ConflictNotes : public Editor {
    Q_OBJECT
public:
    explicit ConflictNotes(DecisionCard& card);

    QString place() const override;
    std::vector<backend::Draft> drafts() const override;
    void restore(const backend::Draft& kept) override;
    void discard() override;

private:
    DecisionCard& m_card;
};

} // namespace naru::ui
