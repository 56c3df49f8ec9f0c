// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Reservations.h"
#include "ui/charts/Figure.h"
#include "ui/charts/SeriesChart.h"
#include "ui/widgets/Widgets.h"

#include <array>
#include <optional>

namespace naru::ui {

// Card of the allocator: arrivals, decisions, depth, p95, and the decisions of the last half hour. UI thread; child of the
// monitor page.
class QueueCard : public Card {
    Q_OBJECT
public:
    explicit QueueCard(const Clock& clock, QWidget* parent = nullptr);
    void setStats(const std::optional<QueueStats>& stats, bool stale);
    void retranslate();

private:
    void syncChart();
    const Clock& m_clock;
    std::array<Figure*, 4> m_figures;
    SeriesChart* m_chart;
    TextLabel* m_note;
    std::optional<QueueStats> m_stats;
    bool m_stale = false;
};

} // namespace naru::ui
