// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/QueueCard.h"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kSecondsAPoint = 10;
constexpr int kPoints = 180; // half an hour

QString rate(double perSecond)
{
    const double tenths = std::round(perSecond * 10) / 10;
    return QString::number(tenths, 'f', tenths < 10 && tenths != std::floor(tenths) ? 1 : 0);
}

} // namespace

QueueCard::QueueCard(const Clock& clock, QWidget* parent)
    : Card({}, {}, parent)
    , m_clock(clock)
    , m_chart(new SeriesChart(SeriesChart::Area, this))
    , m_note(new TextLabel({}, TextSize::Meta, false, TextLabel::Warning))
{
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace2);
    for (auto& figure : m_figures) {
        figure = new Figure(this);
        row->addWidget(figure, 1);
    }
    body()->addLayout(row);
    m_chart->setFixedHeight(108);
    body()->addWidget(m_chart);
    body()->addWidget(m_note);
    m_note->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    retranslate();
}

void QueueCard::retranslate()
{
    m_figures[0]->setName(tr("Arrivals"));
    m_figures[1]->setName(tr("Decisions"));
    m_figures[2]->setName(tr("Queue"));
    m_figures[3]->setName(tr("p95"));
    setAccessibleName(tr("Reservation queue"));
    m_chart->setAccessibleName(tr("Decisions per second, last half hour"));
    m_note->setText(tr("The queue's figures do not answer; these are the last known."));
    m_chart->setFormat([](double value) { return tr("%1/s").arg(rate(value)); });
    setStats(m_stats, m_stale);
}

void QueueCard::setStats(const std::optional<QueueStats>& stats, bool stale)
{
    m_stats = stats;
    m_stale = stale;
    for (auto* figure : m_figures)
        figure->setStale(stale);
    m_note->setVisible(stale && stats);
    if (!stats)
        return;
    m_figures[0]->setValue(rate(stats->arrivalsPerSecond), tr("/s"));
    m_figures[1]->setValue(rate(stats->decisionsPerSecond), tr("/s"));
    m_figures[2]->setValue(QString::number(stats->depth));
    m_figures[3]->setValue(rate(stats->waitP95Ms), tr("ms"));
    m_figures[3]->setToolTip(tr("Half of the requests wait less than %1 ms.").arg(rate(stats->waitP50Ms)));
    syncChart();
}

void QueueCard::syncChart()
{
    SeriesChart::Data data;
    data.values = m_stats->series;
    const int count = static_cast<int>(data.values.size());
    const auto at = [&](int index) { return timeOfDay(m_clock.now() - std::chrono::seconds((count - 1 - index) * kSecondsAPoint)); };
    if (count > 0) {
        for (int i = 0; i < count; ++i)
            data.labels << at(i);
        data.room = kPoints;
        data.first = at(count - kPoints);
        data.last = at(count - 1);
        const auto peak = std::max_element(data.values.begin(), data.values.end());
        data.peak = u"%1  %2"_s.arg(at(static_cast<int>(peak - data.values.begin())), tr("%1/s").arg(rate(*peak)));
    }
    m_chart->setData(std::move(data));
}

} // namespace naru::ui
