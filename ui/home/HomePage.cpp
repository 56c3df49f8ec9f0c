// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/HomePage.h"

#include <algorithm>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/home/AttentionView.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = HomeController::Load;

namespace {
constexpr int kGap = kSpace3 + 2;
constexpr int kChartsHeight = 200;
constexpr int kUpperHeight = 462; // nine things to do; what is left goes to the charts
constexpr int kMostAttention = 9; // one key each

QString grouped(qint64 n)
{
    return QLocale(QLocale::English).toString(n);
}

} // namespace

HomePage::HomePage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent)
    , m_controller(backend, clock)
    , m_clock(clock)
    , m_attentionCard(new Card({}, {}, this))
    , m_list(new AttentionView(m_controller.attention(), clock, this))
    , m_attentionPane(new StatePane(m_list, this))
    , m_noticeRow(new QWidget(this))
    , m_notice(new TextLabel({}, TextSize::Body, false, TextLabel::Warning))
    , m_retry(new KeyButton({}, u"F5"_s))
{
    m_attentionCard->body()->addWidget(m_attentionPane, 1);
    auto* notice = new QHBoxLayout(m_noticeRow);
    notice->setContentsMargins(0, 0, 0, 0);
    m_notice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    notice->addWidget(m_notice, 1);
    notice->addWidget(m_retry);
    m_noticeRow->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    column->setSpacing(kGap);
    column->addWidget(m_noticeRow);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(kGap);
    m_attentionCard->setMaximumHeight(kUpperHeight);
    upper->addWidget(m_attentionCard, 3);
    upper->addWidget(buildToday(), 2);
    column->addLayout(upper, 1);
    column->addWidget(buildCharts());

    m_controller.attention().setDescriber([this](const Attention& item) {
        const auto due = AttentionView::dueWords(item, m_clock.now());
        QStringList parts{item.title, attentionWords(item.kind), item.detail, due};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    });
    connect(&m_controller, &HomeController::changed, this, &HomePage::sync);
    connect(m_list, &AttentionView::opened, this, &HomePage::open);
    connect(m_retry, &QAbstractButton::clicked, &m_controller, &HomeController::load);
    for (auto* pane : {m_attentionPane, m_todayPane, m_orders.pane, m_revenue.pane, m_occupancy.pane})
        connect(pane, &StatePane::retryWanted, &m_controller, &HomeController::load);
    retranslate();
}

QWidget* HomePage::buildToday()
{
    m_todayCard = new Card({}, {}, this);
    m_todayCard->setMaximumHeight(kUpperHeight);
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, kSpace1, 0, 0);
    grid->setHorizontalSpacing(kSpace4);
    grid->setVerticalSpacing(kSpace4);
    for (int i = 0; i < FigureCount; ++i) {
        auto*& figure = m_figures[static_cast<std::size_t>(i)];
        figure = new Figure(content);
        grid->addWidget(figure, i / 2, i % 2, Qt::AlignTop);
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < 3; ++row)
        grid->setRowStretch(row, 1);
    m_todayPane = new StatePane(content, this);
    m_todayCard->body()->addWidget(m_todayPane, 1);
    return m_todayCard;
}

HomePage::ChartCard HomePage::makeChart(SeriesChart::Kind kind)
{
    ChartCard made;
    made.card = new Card({}, {}, this);
    made.chart = new SeriesChart(kind, this);
    made.pane = new StatePane(made.chart, this);
    made.card->body()->addWidget(made.pane, 1);
    return made;
}

QWidget* HomePage::buildCharts()
{
    auto* row = new QWidget(this);
    row->setMinimumHeight(kChartsHeight);
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(kGap);
    m_orders = makeChart(SeriesChart::Bars);
    m_revenue = makeChart(SeriesChart::Area);
    m_occupancy = makeChart(SeriesChart::Bars);
    for (auto* made : {&m_orders, &m_revenue, &m_occupancy})
        columns->addWidget(made->card, 1);
    return row;
}

QString HomePage::title() const
{
    return tr("Home");
}

QString HomePage::subtitle() const
{
    const auto& summary = m_controller.summary();
    if (!summary)
        return {};
    return summary->attentionTotal == 0 ? tr("Nothing waits for you") : tr("%n thing(s) wait for you", nullptr, summary->attentionTotal);
}

void HomePage::retranslate()
{
    m_todayCard->setTitle(tr("Today"));
    m_list->setAccessibleName(tr("Needs me now"));
    m_figures[Orders]->setName(tr("Orders"));
    m_figures[Revenue]->setName(tr("Revenue"));
    m_figures[Reservations]->setName(tr("Reservations"));
    m_figures[Holds]->setName(tr("Open holds"));
    m_figures[Awaiting]->setName(tr("Waiting for acceptance"));
    m_figures[Products]->setName(tr("Products on sale"));
    m_orders.card->setTitle(tr("Orders by hour"), tr("today"));
    m_revenue.card->setTitle(tr("Revenue"), tr("30 days"));
    m_occupancy.card->setTitle(tr("Occupancy"), tr("next 14 days"));
    for (auto* made : {&m_orders, &m_revenue, &m_occupancy})
        made->chart->setAccessibleName(made->card->accessibleName());
    m_retry->setText(tr("Read again"));
    m_retry->setAccessibleName(m_retry->text());
    m_retry->updateGeometry();
    m_controller.attention().describeAgain();
    sync();
}

void HomePage::sync()
{
    const auto& asOf = m_controller.asOf();
    QString notice;
    if (m_controller.summary() && m_controller.state() == Load::Failed)
        notice = asOf ? tr("Figures of %1. %2").arg(dateTimeText(*asOf), errorText(*m_controller.error())) : errorText(*m_controller.error());
    else if (m_controller.summary() && asOf)
        notice = tr("Figures of %1, being read again").arg(dateTimeText(*asOf));
    m_notice->setText(notice);
    m_notice->setToolTip(notice);
    m_noticeRow->setVisible(!notice.isEmpty());
    m_list->setStale(asOf.has_value());
    for (auto* figure : m_figures)
        figure->setStale(asOf.has_value());
    syncAttention();
    if (m_controller.summary()) {
        syncFigures();
        syncCharts();
        const auto& summary = *m_controller.summary();
        // Red only for what burns: a long tail of low stock must not cry wolf.
        const auto burning = std::count_if(summary.attention.begin(), summary.attention.end(), [](const Attention& a) { return a.severity == Severity::Danger; });
        const auto shown = burning > 0 ? static_cast<int>(burning) : summary.attentionTotal;
        Q_EMIT badgeChanged(shown > 0 ? QString::number(shown) : QString(), burning > 0);
    } else {
        for (auto* pane : {m_todayPane, m_orders.pane, m_revenue.pane, m_occupancy.pane})
            showWithout(*pane);
    }
    Q_EMIT headerChanged();
}

void HomePage::showWithout(StatePane& pane)
{
    if (m_controller.state() == Load::Failed)
        pane.showError(errorText(*m_controller.error()), errorCode(*m_controller.error()));
    else
        pane.showLoading();
}

void HomePage::syncAttention()
{
    const auto& summary = m_controller.summary();
    const int shown = summary ? static_cast<int>(summary->attention.size()) : 0;
    m_attentionCard->setTitle(tr("Needs me now"), summary && summary->attentionTotal > shown ? tr("the %1 most urgent of %2").arg(shown).arg(summary->attentionTotal) : QString());
    if (!summary)
        showWithout(*m_attentionPane);
    else if (summary->attention.empty())
        m_attentionPane->showEmpty(tr("Nothing waits for you."));
    else
        m_attentionPane->showData();
}

void HomePage::syncFigures()
{
    const auto& s = *m_controller.summary();
    const auto against = [](qint64 today, qint64 yesterday, const QString& shown) {
        if (yesterday <= 0)
            return tr("yesterday by now %1").arg(shown);
        const auto percent = qRound(100.0 * static_cast<double>(today - yesterday) / static_cast<double>(yesterday));
        return tr("yesterday by now %1 (%2%3%)").arg(shown, percent > 0 ? u"+"_s : QString()).arg(percent);
    };
    m_figures[Orders]->setValue(grouped(s.ordersToday));
    m_figures[Orders]->setNote(against(s.ordersToday, s.ordersYesterdayByNow, grouped(s.ordersYesterdayByNow)));
    m_figures[Revenue]->setValue(formatMoney(s.revenueToday));
    m_figures[Revenue]->setNote(against(s.revenueToday.minor, s.revenueYesterdayByNowMinor, formatMoney({s.revenueYesterdayByNowMinor, s.revenueToday.currency})));
    m_figures[Reservations]->setValue(grouped(s.reservationsToday));
    m_figures[Reservations]->setNote(tr("confirmed today"));
    m_figures[Holds]->setValue(grouped(s.openHolds));
    m_figures[Holds]->setNote(tr("places held just now"));
    m_figures[Awaiting]->setValue(grouped(s.awaitingAcceptance));
    m_figures[Awaiting]->setNote(s.awaitingAcceptance > 0 ? tr("orders a vendor has not accepted") : tr("all accepted"));
    m_figures[Products]->setValue(grouped(s.activeProducts));
    m_figures[Products]->setNote(tr("active in the catalogue"));
    m_todayPane->showData();
}

void HomePage::syncChart(ChartCard& card, const std::vector<SeriesPoint>& points, SeriesChart::Data data, const QString& nothing)
{
    if (points.empty()) {
        card.pane->showEmpty(nothing);
        return;
    }
    for (const auto& point : points) {
        data.values.push_back(point.value);
        if (data.labels.size() < static_cast<qsizetype>(data.values.size()))
            data.labels << point.label;
    }
    card.chart->setData(std::move(data));
    card.pane->showData();
}

void HomePage::syncCharts()
{
    const auto& s = *m_controller.summary();
    SeriesChart::Data hours;
    for (const auto& point : s.ordersByHour)
        hours.labels << tr("%1:00").arg(point.label);
    hours.marked = m_controller.hourNow();
    hours.known = m_controller.hourNow() + 1;
    m_orders.chart->setFormat([](double v) { return tr("%n order(s)", nullptr, static_cast<int>(v)); });
    syncChart(m_orders, s.ordersByHour, std::move(hours), tr("No orders today yet."));
    const auto currency = s.revenueToday.currency;
    m_revenue.chart->setFormat([currency](double v) { return formatMoney({static_cast<std::int64_t>(v), currency}); });
    syncChart(m_revenue, s.revenueByDay, {}, tr("No revenue in 30 days."));
    SeriesChart::Data days;
    days.marked = 0;
    days.scale = 100;
    m_occupancy.chart->setFormat([](double v) { return u"%1%"_s.arg(qRound(v)); });
    syncChart(m_occupancy, s.occupancyByDay, std::move(days), tr("No slots in the next 14 days."));
}

std::vector<Command> HomePage::commands()
{
    std::vector<Command> list;
    for (int row = 0; row < std::min(m_controller.attention().rowCount(), kMostAttention); ++row)
        list.push_back({u"home.open%1"_s.arg(row + 1), tr("Open: %1").arg(m_controller.attention().at(row).title), QString::number(row + 1), {}, [this, row] { open(row); }, "arrow-up-right"});
    list.push_back({u"home.refresh"_s, tr("Read the figures again"), u"F5"_s, {}, [this] { m_controller.load(); }, "arrow-repeat"});
    return list;
}

void HomePage::open(int row)
{
    if (row < 0 || row >= m_controller.attention().rowCount())
        return;
    const auto& item = m_controller.attention().at(row);
    Q_EMIT recordWanted(item.entityType, item.entityId);
}

void HomePage::activate()
{
    m_list->setFocus();
}

void HomePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

void HomePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setVisible(true);
}

void HomePage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setVisible(false);
}

void HomePage::keyPressEvent(QKeyEvent* event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (plain && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        open(event->key() - Qt::Key_1);
        return;
    }
    if (event->key() == Qt::Key_F5) {
        m_controller.load();
        return;
    }
    Page::keyPressEvent(event);
}

} // namespace naru::ui
