// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/ReservationMonitorPage.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/CapacitySheet.h"
#include "ui/reservations/DoctorCard.h"
#include "ui/reservations/HoldsCard.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/reservations/LedgerCard.h"
#include "ui/reservations/OccupancyView.h"
#include "ui/reservations/QueueCard.h"
#include "ui/reservations/SlotPane.h"
#include "ui/reservations/TicketsCard.h"
#include "ui/reservations/WaitlistCard.h"
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
    , m_backend(backend)
    , m_controller(backend, clock)
    , m_clock(clock)
    , m_tools(new QWidget(this))
    , m_search(new SearchField({}, m_tools))
{
    buildTools();
    auto* calendar = buildCalendar(); // in the order of the Tab key
    m_holds = new HoldsCard(m_controller, clock, this);
    m_holds->setFixedHeight(kHoldsHeight);
    auto* side = buildSide();

    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    auto* left = new QVBoxLayout;
    left->setSpacing(kSpace3 + 2);
    left->addWidget(calendar, 1);
    left->addWidget(m_holds);
    columns->addLayout(left, 11);
    columns->addWidget(side, 5);

    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(kFilterDelayMs);
    connectAll();
    connectSide();
    retranslate();
    syncAccess();
}

ReservationMonitorPage::~ReservationMonitorPage()
{
    // The cards look at the controller when they hide, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void ReservationMonitorPage::buildTools()
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(kSpace2 + 2);
    m_search->setFixedWidth(200);
    m_by = new Segments({u"-"_s, u"-"_s}, m_tools);
    m_axis = new Segments({u"-"_s, u"-"_s}, m_tools);
    m_adjust = new KeyButton({}, u"O"_s, KeyButton::Plain, m_tools);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_search, m_by, m_axis, m_adjust})
        tools->addWidget(widget);
    m_tools->hide(); // the frame shows it in its header
}

QWidget* ReservationMonitorPage::buildSide()
{
    m_queue = new QueueCard(m_clock, this);
    m_side = new QStackedWidget(this);
    m_tickets = new TicketsCard(m_controller, m_clock, m_side);
    m_waiting = new WaitlistCard(m_backend, m_clock, m_side);
    m_ledger = new LedgerCard(m_backend, m_side);
    for (QWidget* card : std::initializer_list<QWidget*>{m_tickets, m_waiting, m_ledger})
        m_side->addWidget(card);
    m_doctor = new DoctorCard(m_backend, m_clock, this);
    auto* side = new QWidget(this);
    side->setMaximumWidth(kSideWidth);
    side->setMinimumWidth(kSideLeast);
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(kSpace3 + 2);
    right->addWidget(m_queue);
    right->addWidget(m_side, 1);
    right->addWidget(m_doctor);
    return side;
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
    m_banner = new TextLabel({}, TextSize::Body, true, TextLabel::Danger);
    m_banner->setWordWrap(true);
    m_banner->hide();
    m_slot = new SlotPane(this);
    m_slot->hide();
    m_capacity = new CapacitySheet(m_backend, this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_today, m_earlier, m_range, m_later})
        m_calendar->addHeaderWidget(widget);
    m_calendar->body()->addWidget(m_banner);
    m_calendar->body()->addWidget(m_notice);
    m_calendar->body()->addWidget(m_pane, 1);
    m_calendar->body()->addWidget(m_slot);
    m_calendar->body()->addWidget(m_capacity);
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
            wantRules();
        else
            m_search->clear();
    });
    const auto step = [this] { return m_controller.axis() == models::OccupancyAxis::Days ? 7 : 1; };
    connect(m_earlier, &QAbstractButton::clicked, this, [this, step] { m_controller.shiftDays(-step()); });
    connect(m_later, &QAbstractButton::clicked, this, [this, step] { m_controller.shiftDays(step()); });
    connect(m_today, &QAbstractButton::clicked, this, [this] { m_controller.showDay(m_controller.today()); });
    connect(m_grid, &OccupancyView::daysWanted, &m_controller, &Controller::shiftDays);
    connect(m_grid, &OccupancyView::cellOpened, this, &ReservationMonitorPage::openSlot);
    connect(m_grid, &OccupancyView::closed, this, &ReservationMonitorPage::closeSlot);
    connect(m_grid, &OccupancyView::cursorMoved, this, [this](const QModelIndex& at) {
        if (m_slot->isVisible() && at.isValid())
            openSlot(at);
    });
    connect(m_slot, &SlotPane::closeWanted, this, &ReservationMonitorPage::closeSlot);
    connect(&m_controller.occupancy(), &QAbstractItemModel::dataChanged, this, &ReservationMonitorPage::syncSlot);
    connect(&m_controller.occupancy(), &QAbstractItemModel::rowsRemoved, this, &ReservationMonitorPage::syncSlot);
    connect(&m_controller.occupancy(), &QAbstractItemModel::modelReset, this, &ReservationMonitorPage::syncSlot);
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
    m_earlier->setAccessibleName(tr("Earlier"));
    m_earlier->setToolTip(tr("A week or a day earlier; [ goes back one day"));
    m_later->setAccessibleName(tr("Later"));
    m_later->setToolTip(tr("A week or a day later; ] goes on one day"));
    m_axis->setTexts({tr("Days"), tr("Hours")});
    m_axis->setAccessibleName(tr("Columns: days or hours"));
    m_by->setTexts({tr("Slots"), tr("Products")});
    m_by->setAccessibleName(tr("Rows: slots or products"));
    m_adjust->setText(tr("Capacity"));
    m_adjust->setAccessibleName(tr("Change the capacity of the chosen slot"));
    m_adjust->updateGeometry();
    m_today->setText(tr("Today"));
    m_today->setAccessibleName(tr("Show from today"));
    m_today->updateGeometry();
    m_slot->retranslate();
    m_capacity->retranslate();
    m_waiting->retranslate();
    m_ledger->retranslate();
    m_doctor->retranslate();
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
    const bool hours = m_controller.axis() == models::OccupancyAxis::Hours;
    const auto day = m_controller.day();
    m_range->setText(hours ? u"%1 (%2)"_s.arg(dayText(iso(day)), weekdayText(iso(day))) : tr("%1/%2 – %3/%4").arg(from.month()).arg(from.day()).arg(last.month()).arg(last.day()));
    m_range->setAccessibleName(hours ? tr("Hours of %1").arg(iso(day)) : tr("Days from %1 to %2").arg(iso(from), iso(last)));
    m_today->setVisible((hours ? day : from) != m_controller.today());
    m_axis->setCurrent(hours ? 1 : 0);
    m_grid->setToday(m_controller.today());
    auto& model = m_controller.occupancy();
    if (!status.seen)
        status.load == Load::Failed ? m_pane->showError(errorText(*status.error), errorCode(*status.error)) : m_pane->showLoading();
    else if (model.totalRows() > 0 && model.rowCount() == 0)
        m_pane->showEmpty(tr("No product or start time matches “%1”.").arg(model.filter()), tr("Clear the search"));
    else if (model.rowCount() == 0)
        m_pane->showEmpty(hours ? tr("No slots on this day.") : tr("No slots in these two weeks. A rule makes them."), tr("Make a rule"));
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
    syncBanner();
    Q_EMIT headerChanged();
    if (const auto& stats = m_controller.stats())
        Q_EMIT badgeChanged(QLocale(QLocale::English).toString(stats->confirmedToday), false);
}

std::vector<Command> ReservationMonitorPage::commands()
{
    const auto hold = [this] { return m_holds->canWrite() && m_holds->list().currentHold().has_value(); };
    return {
        {u"reservations.release"_s, tr("Release the selected hold"), u"R"_s, hold, [this] { m_holds->releaseCurrent(); }, "unlock"},
        {u"reservations.extend"_s, tr("Extend the selected hold"), u"T"_s, hold, [this] { m_holds->extendCurrent(); }, "stopwatch"},
        {u"reservations.earlier"_s, tr("Calendar one day back"), u"["_s, {}, [this] { m_controller.shiftDays(-1); }, "chevron-left"},
        {u"reservations.later"_s, tr("Calendar one day on"), u"]"_s, {}, [this] { m_controller.shiftDays(1); }, "chevron-right"},
        {u"reservations.capacity"_s, tr("Overbook or change the capacity of the chosen slot"), u"O"_s, {}, [this] { askCapacity(CapacityAction::Overbook); }},
        {u"reservations.waiting"_s, tr("Waiting list of the chosen slot"), u"L"_s, {}, [this] { showWaiting(); }},
        {u"reservations.explain"_s, tr("Explain the figure of the chosen slot"), u"E"_s, {}, [this] { showLedger(); }},
        {u"reservations.bookings"_s, tr("Bookings of the chosen slot"), u"B"_s, {}, [this] { showBookings(); }},
        {u"reservations.days"_s, tr("Columns are days"), u"D"_s, {}, [this] { setAxis(models::OccupancyAxis::Days); }},
        {u"reservations.hours"_s, tr("Columns are the hours of one day"), u"H"_s, {}, [this] { setAxis(models::OccupancyAxis::Hours); }},
        {u"reservations.rows"_s, tr("Rows are slots or products"), u"V"_s, {}, [this] { setBy(m_controller.occupancy().by() == OccupancyBy::Slot ? OccupancyBy::Product : OccupancyBy::Slot); }},
        {u"reservations.rules"_s, tr("Slot rules"), {}, {}, [this] { wantRules(); }},
        {u"reservations.doctor"_s, tr("Check the stock figures again"), {}, {}, [this] { m_doctor->check(); }},
        {u"reservations.today"_s, tr("Calendar from today"), {}, {}, [this] { m_controller.showDay(m_controller.today()); }, "clock"},
        {u"reservations.new"_s, tr("Show new requests"), u"."_s, [this] { return m_controller.tickets().waiting() > 0; }, [this] { m_tickets->showWaiting(); }, "ticket-perforated"},
        {u"reservations.refresh"_s, tr("Read the monitor again"), u"F5"_s, {}, [this] { m_controller.load(); }, "arrow-repeat"},
    };
}

void ReservationMonitorPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
        if (m_controller.mayChangeStock())
            m_doctor->check();
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
            Q_EMIT toast(id && m_controller.holds().find(*id) ? tr("This hold is open, but many others end before it.") : tr("This hold is no longer open."));
    } else if (entityType == u"ticket"_s) {
        const auto id = TicketId::parse(entityId);
        const int row = id ? m_controller.tickets().rowOf(*id) : -1;
        if (row >= 0)
            m_tickets->list().setCurrentIndex(m_controller.tickets().index(row));
        else
            Q_EMIT toast(tr("This request is not among the latest."));
    } else if (entityType == u"slot_item"_s) {
        if (const auto id = ItemId::parse(entityId))
            openSlotOf(*id);
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
    if (event->key() == Qt::Key_Escape && m_side->currentWidget() != m_tickets) {
        showSide(m_tickets);
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
    default: break;
    }
    if (!letterPressed(signKey(*event)))
        Page::keyPressEvent(event);
}

} // namespace naru::ui
