// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/Figure.h"
#include "ui/charts/SeriesChart.h"
#include "ui/frame/Page.h"
#include "ui/home/HomeController.h"
#include "ui/widgets/Widgets.h"

#include <array>

namespace naru::ui {

class AttentionView;

// The first screen: what waits for a person, today's figures, three charts. UI thread; owned by the frame.
class HomePage : public Page {
    Q_OBJECT
public:
    HomePage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Command> commands() override;
    void activate() override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum FigureAt { Orders, Revenue, Reservations, Holds, Awaiting, Products, FigureCount };
    struct ChartCard {
        Card* card = nullptr;
        StatePane* pane = nullptr;
        SeriesChart* chart = nullptr;
    };
    QWidget* buildToday();
    QWidget* buildCharts();
    ChartCard makeChart(SeriesChart::Kind kind);
    void retranslate();
    void sync();
    void syncAttention();
    void syncFigures();
    void syncCharts();
    void syncChart(ChartCard& card, const std::vector<SeriesPoint>& points, SeriesChart::Data data, const QString& nothing);
    void showWithout(StatePane& pane); // no figures at all: loading, or what failed
    void open(int row);

    HomeController m_controller;
    const Clock& m_clock;
    Card* m_attentionCard;
    AttentionView* m_list;
    StatePane* m_attentionPane;
    Card* m_todayCard = nullptr;
    StatePane* m_todayPane = nullptr;
    std::array<Figure*, FigureCount> m_figures{};
    ChartCard m_orders, m_revenue, m_occupancy;
    QWidget* m_noticeRow;
    TextLabel* m_notice;
    KeyButton* m_retry;
};

} // namespace naru::ui
