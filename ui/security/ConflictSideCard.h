// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

class ActionList;
class ChipRow;

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
    ChipRow* m_chips;
    TextLabel* m_posture;
    ActionList* m_actions;
};

// Chips one after the other, on as many lines as they need. UI thread.
class ChipRow : public QWidget {
    Q_OBJECT
public:
    explicit ChipRow(QWidget* parent = nullptr);
    void setChips(std::vector<ChipSpec> chips);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {200, heightForWidth(200)}; }
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    int place(int width, QPainter* p) const; // the height; draws when there is a painter
    std::vector<ChipSpec> m_chips;
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
