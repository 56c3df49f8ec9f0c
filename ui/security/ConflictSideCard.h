// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

class ActionList;

// One of the two sessions of a conflict: its device with tier and what it reported, when it began and ended, drafts left there, and the last
// ten things done in it. UI thread; child of the review's page.
class ConflictSideCard : public Card {
    Q_OBJECT
public:
    explicit ConflictSideCard(bool isNew, QWidget* parent = nullptr);
    void setSide(const ConflictSide& side, bool neverSeen, Instant now);
    void clear();
    void retranslate();
    QString deviceText() const { return m_device->text(); }

private:
    void sync();
    bool m_isNew;
    std::optional<ConflictSide> m_side;
    bool m_neverSeen = false;
    Instant m_now{};
    ChipLabel* m_known;
    TextLabel* m_device;
    TextLabel* m_times;
    ChipLabel* m_status;
    ChipLabel* m_tier;
    ChipLabel* m_drafts;
    TextLabel* m_posture;
    ActionList* m_actions;
};

// The last things done in a session, oldest first, painted: time, words, a chip where a reviewer should look.
class ActionList : public QWidget {
    Q_OBJECT
public:
    explicit ActionList(QWidget* parent = nullptr);
    void setLines(std::vector<AuditLine> newestFirst);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    std::vector<AuditLine> m_lines;
};

} // namespace naru::ui
