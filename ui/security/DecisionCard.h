// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/security/ConflictReviewController.h"
#include "ui/security/FailureLine.h"

class QLineEdit;

namespace naru::ui {

class InlineSheet;

// What can be decided about the conflict at hand, each with its letter, and the note that goes with it. Locking and resetting ask once more.
// Says who has asked for a lock already and what is missing. A note stays with its conflict while one looks at others. UI thread; child of
// the review's page.
class DecisionCard : public Card {
    Q_OBJECT
public:
    DecisionCard(ConflictReviewController& controller, QWidget* parent = nullptr);
    void retranslate();
    bool letterPressed(int key); // false: not one of these
    bool canPress(int key) const;
    QLineEdit& note() { return *m_note; }
    const std::map<ConflictId, QString>& notes() const { return m_notes; } // not sent yet
    void setNote(ConflictId id, const QString& text); // empty: none
    FailureLine& failure() { return *m_failure; }
    InlineSheet& sheet() { return *m_sheet; }
    QString secondText() const { return m_second->text(); }

Q_SIGNALS:
    void done(); // the focus may go back to the queue
    void notesChanged();

private:
    struct Choice {
        int key;
        ConflictDecision decision;
        KeyButton* button;
    };
    void sync();
    void press(ConflictDecision decision);
    ConflictReviewController& m_controller;
    std::vector<Choice> m_choices;
    KeyButton* m_take;
    KeyButton* m_nextButton;
    QLineEdit* m_note;
    TextLabel* m_second;
    FailureLine* m_failure;
    InlineSheet* m_sheet;
    std::map<ConflictId, QString> m_notes;
    std::optional<ConflictId> m_shown;
};

} // namespace naru::ui
