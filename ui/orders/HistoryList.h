// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

#include <QWidget>

namespace naru::ui {

// What happened, oldest first: a dot, the time, the word of the new state, who. UI thread.
class HistoryList : public QWidget {
    Q_OBJECT
public:
    explicit HistoryList(QWidget* parent = nullptr);
    void setEntries(const std::vector<TransitionEntry>& entries);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    struct Line {
        QString when, what, who, reason;
    };
    std::vector<Line> m_lines;
};

} // namespace naru::ui
