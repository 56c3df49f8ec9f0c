// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

#include <QWidget>

namespace naru::ui {

// A product's life so far on one line: the last moves with date, state and name, then "now". UI thread.
class LifecycleTimeline : public QWidget {
    Q_OBJECT
public:
    explicit LifecycleTimeline(QWidget* parent = nullptr);
    void setEntries(std::vector<TransitionEntry> newestFirst);
    QSize sizeHint() const override { return {320, 66}; }
    QSize minimumSizeHint() const override { return {200, 66}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent* event) override;

private:
    int shownCount() const;
    int pointX(int index, int shown) const;
    std::vector<TransitionEntry> m_entries; // oldest first
};

} // namespace naru::ui
