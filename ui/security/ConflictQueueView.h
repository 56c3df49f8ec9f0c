// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/security/ConflictQueueModel.h"
#include "ui/reservations/LineList.h"

namespace naru::ui {

// The queue as rows of three lines: who and for which company with why and the score; which device gave way to which; where, how soon after
// and what speaks for danger. Arrows move, all letters are left to the page. UI thread; child of the review's page.
class ConflictQueueView : public LineList {
    Q_OBJECT
public:
    ConflictQueueView(models::ConflictQueueModel& model, const Clock& clock, QWidget* parent = nullptr);
    static QString sentence(const Conflict& c); // for screen readers

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

// Names of the columns above it.
class ConflictQueueHead : public QWidget {
    Q_OBJECT
public:
    explicit ConflictQueueHead(QWidget* parent = nullptr);
    QSize sizeHint() const override { return {200, 26}; }

protected:
    void paintEvent(QPaintEvent*) override;
};

} // namespace naru::ui
