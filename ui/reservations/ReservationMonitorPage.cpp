// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/ReservationMonitorPage.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/HoldsCard.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/reservations/OccupancyView.h"
#include "ui/reservations/QueueCard.h"
#include "ui/reservations/SlotPane.h"
#include "ui/reservations/TicketsCard.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = ReservationMonitorController::Load;

namespace {
constexpr int kSideWidth = 440, kSideLeast = 320;
constexpr int kHoldsHeight = 216;
constexpr int kFilterDelayMs = 80;
} // namespace

ReservationMonitorPage::ReservationMonitorPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent)
    , m_controller(backend, clock)
    , m_clock(clock)
    , m_tools(new QWidget(this))
    , m_search(new SearchField({}, m_tools))
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    m_search->setFixedWidth(230);
    tools->addWidget(m_search);
    m_tools->hide(); // the frame shows it in its header

    auto* calendar = buildCalendar(); // in the order of the Tab key
    m_holds = new HoldsCard(m_controller, clock, this);
    m_holds->setFixedHeight(kHoldsHeight);
    m_queue = new QueueCard(clock, this);
    m_tickets = new TicketsCard(m_controller, clock, this);

    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    auto* left = new QVBoxLayout;
    left->setSpacing(kSpace3 + 2);
    left->addWidget(calendar, 1);
    left->addWidget(m_holds);
    columns->addLayout(left, 11);
    auto* side = new QWidget(this);
    side->setMaximumWidth(kSideWidth);
    side->setMinimumWidth(kSideLeast);
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(kSpace3 + 2);
    right->addWidget(m_queue);
    right->addWidget(m_tickets, 1);
    columns->addWidget(side, 5);

    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(kFilterDelayMs);
    connectAll();
    retranslate();
}

ReservationMonitorPage::~ReservationMonitorPage()
{
    // The cards look at the controller when they hide, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

QWidget* ReservationMonitorPage::buildCalendar()
{
    m_calendar = new Card({}, {}, this);
    m_grid = new OccupancyView(m_controller.occupancy(), m_clock, this);
    m_pane = new StatePane(m_grid, this);
    m_earlier = new KeyButton(u"‹"_s, {}, KeyButton::Plain);
    m_later = new KeyButton(u"›"_s, {}, KeyButton::Plain);
    m_today = new KeyButton({}, {}, KeyButton::Plain);
    m_range = new TextLabel({}, TextSize::Body, true);
    m_notice = new TextLabel({}, TextSize::Meta, false, TextLabel::Warning);
    m_notice->hide();
    m_slot = new SlotPane(this);
    m_slot->hide();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_today, m_earlier, m_range, m_later})
        m_calendar->addHeaderWidget(widget);
    m_calendar->body()->addWidget(m_notice);
    m_calendar->body()->addWidget(m_pane, 1);
    m_calendar->body()->addWidget(m_slot);
    m_controller.occupancy().setDescriber(cellSentence);
    return m_calendar;
}

void ReservationMonitorPage::connectAll()
{
    using Controller = ReservationMonitorController;
    connect(&m_controller, &Controller::occupancyStatusChanged, this, &ReservationMonitorPage::syncOccupancy);
    connect(&m_controller, &Controller::statsChanged, this, &ReservationMonitorPage::syncStats);
    connect(m_pane, &StatePane::retryWanted, &m_controller, &Controller::load);
    connect(m_pane, &StatePane::actionWanted, this, [this] {
        if (m_search->text().isEmpty())
            m_controller.showDay(m_controller.today());
        else
            m_search->clear();
    });
    connect(m_earlier, &QAbstractButton::clicked, this, [this] { m_controller.shiftDays(-7); });
    connect(m_later, &QAbstractButton::clicked, this, [this] { m_controller.shiftDays(7); });
    connect(m_today, &QAbstractButton::clicked, this, [this] { m_controller.showDay(m_controller.today()); });
    connect(m_grid, &OccupancyView::daysWanted, &m_controller, &Controller::shiftDays);
    connect(m_grid, &OccupancyView::cellOpened, this, &ReservationMonitorPage::openSlot);
    connect(m_grid, &OccupancyView::closed, this, &ReservationMonitorPage::closeSlot);
    connect(m_grid, &OccupancyView::cursorMoved, this, [this](const QModelIndex& at) {
        if (m_slot->isVisible() && at.isValid())
            openSlot(at);
    });
    connect(m_slot, &SlotPane::closeWanted, this, &ReservationMonitorPage::closeSlot);
    connect(m_slot, &SlotPane::productWanted, this, [this](const QString& id) { Q_EMIT recordWanted(u"product"_s, id); });
    connect(&m_controller.occupancy(), &QAbstractItemModel::dataChanged, this, &ReservationMonitorPage::syncSlot);
    connect(&m_controller.occupancy(), &QAbstractItemModel::rowsRemoved, this, &ReservationMonitorPage::syncSlot);
    connect(m_search, &QLineEdit::textChanged, &m_filterTimer, qOverload<>(&QTimer::start));
    connect(&m_filterTimer, &QTimer::timeout, this, [this] {
        m_controller.occupancy().setFilter(m_search->text());
        syncOccupancy();
    });
    connect(m_search, &QLineEdit::returnPressed, m_grid, qOverload<>(&QWidget::setFocus));
}

QString ReservationMonitorPage::title() const
{
    return tr("Reservations");
}

QString ReservationMonitorPage::subtitle() const
{
    const auto& stats = m_controller.stats();
    if (!stats)
        return {};
    const QLocale plain(QLocale::English);
    return tr("today %1 confirmed · %2 cancelled").arg(plain.toString(stats->confirmedToday), plain.toString(stats->cancelledToday));
}

void ReservationMonitorPage::retranslate()
{
    m_search->setPlaceholderText(tr("Find product or start time"));
    m_search->setAccessibleName(tr("Filter the calendar"));
    m_calendar->setTitle(tr("Occupancy"), tr("sold + held / capacity · stripes: overbooking allowed"));
    m_grid->setAccessibleName(tr("Occupancy calendar"));
    m_earlier->setAccessibleName(tr("A week earlier"));
    m_earlier->setToolTip(tr("A week earlier; [ goes back one day"));
    m_later->setAccessibleName(tr("A week later"));
    m_later->setToolTip(tr("A week later; ] goes on one day"));
    m_today->setText(tr("Today"));
    m_today->setAccessibleName(tr("Show from today"));
    m_today->updateGeometry();
    m_slot->retranslate();
    m_holds->retranslate();
    m_queue->retranslate();
    m_tickets->retranslate();
    m_controller.occupancy().describeAgain();
    syncOccupancy();
    syncSlot();
}

void ReservationMonitorPage::syncOccupancy()
{
    const auto& status = m_controller.occupancyStatus();
    const auto from = m_controller.from();
    const auto last = from.addDays(m_controller.days() - 1);
    const auto iso = [](const QDate& day) { return day.toString(Qt::ISODate); };
    m_range->setText(tr("%1/%2 – %3/%4").arg(from.month()).arg(from.day()).arg(last.month()).arg(last.day()));
    m_range->setAccessibleName(tr("Days from %1 to %2").arg(iso(from), iso(last)));
    m_today->setVisible(from != m_controller.today());
    m_grid->setToday(m_controller.today());
    auto& model = m_controller.occupancy();
    if (!status.seen)
        status.load == Load::Failed ? m_pane->showError(errorText(*status.error), errorCode(*status.error)) : m_pane->showLoading();
    else if (model.totalRows() > 0 && model.rowCount() == 0)
        m_pane->showEmpty(tr("No product or start time matches “%1”.").arg(model.filter()), tr("Clear the search"));
    else if (model.rowCount() == 0)
        m_pane->showEmpty(tr("No slots in these two weeks."), from == m_controller.today() ? QString() : tr("Show from today"));
    else
        m_pane->showData();
    m_grid->setStale(status.asOf.has_value() || model.from() != from);
    QString notice;
    if (status.load == Load::Failed && status.seen)
        notice = tr("Not up to date: %1").arg(errorText(*status.error));
    else if (status.asOf && status.load != Load::Ready)
        notice = tr("Figures of %1, being read again").arg(dateTimeText(*status.asOf));
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
}

void ReservationMonitorPage::syncStats()
{
    m_queue->setStats(m_controller.stats(), m_controller.statsStale());
    Q_EMIT headerChanged();
    if (const auto& stats = m_controller.stats())
        Q_EMIT badgeChanged(QLocale(QLocale::English).toString(stats->confirmedToday), false);
}

void ReservationMonitorPage::openSlot(const QModelIndex& index)
{
    m_openCell = index;
    syncSlot();
}

void ReservationMonitorPage::syncSlot()
{
    m_slot->setVisible(m_openCell.isValid());
    if (m_openCell.isValid())
        m_slot->setSlot(m_controller.occupancy().rowAt(m_openCell.row()), m_controller.occupancy().cellAt(m_openCell.row(), m_openCell.column()));
}

void ReservationMonitorPage::closeSlot()
{
    const bool inside = m_slot->isAncestorOf(focusWidget());
    m_openCell = QPersistentModelIndex();
    m_slot->hide();
    if (inside)
        m_grid->setFocus();
}

std::vector<Command> ReservationMonitorPage::commands()
{
    const auto hold = [this] { return m_holds->canWrite() && m_holds->list().currentHold().has_value(); };
    return {
        {u"reservations.release"_s, tr("Release the selected hold"), u"R"_s, hold, [this] { m_holds->releaseCurrent(); }},
        {u"reservations.extend"_s, tr("Extend the selected hold"), u"T"_s, hold, [this] { m_holds->extendCurrent(); }},
        {u"reservations.earlier"_s, tr("Calendar one day back"), u"["_s, {}, [this] { m_controller.shiftDays(-1); }},
        {u"reservations.later"_s, tr("Calendar one day on"), u"]"_s, {}, [this] { m_controller.shiftDays(1); }},
        {u"reservations.today"_s, tr("Calendar from today"), {}, {}, [this] { m_controller.showDay(m_controller.today()); }},
        {u"reservations.new"_s, tr("Show new requests"), u"."_s, [this] { return m_controller.tickets().waiting() > 0; }, [this] { m_tickets->showWaiting(); }},
        {u"reservations.refresh"_s, tr("Read the monitor again"), u"F5"_s, {}, [this] { m_controller.load(); }},
    };
}

void ReservationMonitorPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
    }
    m_grid->setFocus();
}

void ReservationMonitorPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ReservationMonitorPage::openRecord(const QString& entityType, const QString& entityId)
{
    if (entityType == u"hold"_s) {
        const auto id = HoldId::parse(entityId);
        const int row = id ? m_controller.holds().rowOf(*id) : -1;
        m_holds->list().setFocus();
        if (row >= 0)
            m_holds->list().setCurrentIndex(m_controller.holds().index(row));
        else
            Q_EMIT toast(tr("This hold is no longer open."));
    } else if (entityType == u"ticket"_s) {
        const auto id = TicketId::parse(entityId);
        const int row = id ? m_controller.tickets().rowOf(*id) : -1;
        if (row >= 0)
            m_tickets->list().setCurrentIndex(m_controller.tickets().index(row));
        else
            Q_EMIT toast(tr("This request is not among the latest."));
    }
}

void ReservationMonitorPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void ReservationMonitorPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setVisible(true);
}

void ReservationMonitorPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setVisible(false);
}

void ReservationMonitorPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.load();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_slot->isVisible()) {
        closeSlot();
        return;
    }
    switch (signKey(*event)) {
    case Qt::Key_BracketLeft: m_controller.shiftDays(-1); return;
    case Qt::Key_BracketRight: m_controller.shiftDays(1); return;
    case Qt::Key_Period: m_tickets->showWaiting(); return;
    default: Page::keyPressEvent(event);
    }
}

} // namespace naru::ui
