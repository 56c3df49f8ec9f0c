// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/frame/Page.h"
#include "ui/security/ConflictReviewController.h"
#include "ui/widgets/Widgets.h"

class QScrollArea;

namespace naru::ui {

class ConflictQueueView;
class ConflictSideCard;
class ConflictTimeline;
class DecisionCard;

// The review of session conflicts: the queue at the left; at the right both sessions of the chosen one on one axis of time, why it is here, what
// was done in each, and the decision. Made for the keyboard: after a decision the next one is chosen and the focus stays. UI thread; owned by
// the frame.
class ConflictReviewPage : public Page {
    Q_OBJECT
public:
    ConflictReviewPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~ConflictReviewPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_search; }
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    ConflictReviewController& controller() { return m_controller; }
    ConflictQueueView& list() { return *m_list; }
    DecisionCard& decisions() { return *m_decisions; }
    ConflictTimeline& timeline() { return *m_timeline; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildQueue();
    QWidget* buildDetail();
    void connectAll();
    void retranslate();
    void syncQueue();
    void syncCurrent();
    void syncDetail();
    void sayDecided(const ConflictDetail& detail, ConflictDecision asked, bool hadEnded);
    void sayStale(const ConflictDetail& newest);
    void backToList();

    const Clock& m_clock;
    ConflictReviewController m_controller;
    SearchField* m_search;
    Card* m_queueCard;
    KeyButton* m_above;
    ConflictQueueView* m_list;
    TextLabel* m_footer;
    StatePane* m_queuePane;
    StatePane* m_detailPane;
    Card* m_timeCard;
    TextLabel* m_account;
    TextLabel* m_company;
    ChipLabel* m_kind;
    ChipLabel* m_state;
    TextLabel* m_code;
    ConflictTimeline* m_timeline;
    TextLabel* m_rules;
    ConflictSideCard* m_old;
    ConflictSideCard* m_new;
    DecisionCard* m_decisions;
};

} // namespace naru::ui
