// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/BookingsPage.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>

#include "ui/ErrorText.h"
#include "ui/bookings/BookingPane.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = BookingsController::Load;
using Show = BookingsController::Show;

namespace {
constexpr int kTypingMs = 200;
constexpr int kDetailLeast = 400, kDetailMost = 560;

ListLine lineOf(const Reservation& row)
{
    ListLine line;
    line.meta = row.code;
    line.text = row.title;
    line.sub = u"%1 · %2"_s.arg(row.customerName, dateTimeText(row.createdAt));
    line.right = formatMoney(row.total);
    line.chip = chipOf(row.status);
    return line;
}
} // namespace

BookingsPage::BookingsPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_controller(backend), m_tools(new QWidget(this)), m_search(new SearchField({}, m_tools)), m_show(new Segments({u"-"_s, u"-"_s, u"-"_s, u"-"_s}, m_tools)),
      m_card(new Card({}, {}, this)), m_allSlots(new KeyButton({}, {})),
      m_list(new LineList(m_controller.list(), [this](int row) { return lineOf(m_controller.list().row(row)); }, true, this)), m_pane(new StatePane(m_list, this)),
      m_detail(new BookingPane(m_controller, clock, this))
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(kSpace2 + 2);
    m_search->setFixedWidth(230);
    tools->addWidget(m_search);
    tools->addWidget(m_show);
    m_tools->hide(); // the frame shows it in its header
    m_card->addHeaderWidget(m_allSlots);
    m_card->body()->addWidget(m_pane, 1);
    m_detail->setMinimumWidth(kDetailLeast);
    m_detail->setMaximumWidth(kDetailMost);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    columns->addWidget(m_card, 3);
    columns->addWidget(m_detail, 2);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    m_controller.list().setDescriber([](const Reservation& row) {
        const auto line = lineOf(row);
        return u"%1, %2, %3, %4, %5"_s.arg(line.meta, line.text, line.sub, line.right, line.chip->text);
    });
    connect(&m_controller, &BookingsController::listChanged, this, &BookingsPage::sync);
    connect(m_list, &LineList::opened, this, [this](int row) { m_controller.open(m_controller.list().row(row).id); });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value >= m_list->verticalScrollBar()->maximum())
            m_controller.readMore();
    });
    connect(m_pane, &StatePane::retryWanted, &m_controller, &BookingsController::read);
    connect(m_pane, &StatePane::actionWanted, this, [this] {
        m_search->clear();
        m_show->setCurrent(0);
        m_controller.setText({});
        m_controller.showAllSlots();
    });
    connect(m_allSlots, &QAbstractButton::clicked, &m_controller, &BookingsController::showAllSlots);
    connect(m_show, &Segments::currentChanged, this, [this](int at) { m_controller.setShow(static_cast<Show>(at)); });
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { m_controller.setText(m_search->text()); });
    connect(m_search, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_detail, &BookingPane::said, this, &Page::toast);
    connect(m_detail, &BookingPane::sheetLeft, m_list, qOverload<>(&QWidget::setFocus));
    retranslate();
}

BookingsPage::~BookingsPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

QString BookingsPage::title() const { return tr("Bookings"); }

QString BookingsPage::subtitle() const { return m_controller.slotName(); }

void BookingsPage::retranslate()
{
    m_search->setPlaceholderText(tr("Code or customer"));
    m_search->setAccessibleName(tr("Find bookings"));
    m_show->setTexts({tr("All"), tr("Open"), tr("Asked to cancel"), tr("Cancelled")});
    m_show->setAccessibleName(tr("Which bookings"));
    m_allSlots->setText(tr("Show all slots"));
    m_allSlots->setAccessibleName(m_allSlots->text());
    m_allSlots->updateGeometry();
    m_list->setAccessibleName(tr("Bookings"));
    m_controller.list().describeAgain();
    m_detail->retranslate();
    sync();
}

void BookingsPage::sync()
{
    const int count = m_controller.list().rowCount();
    const bool filtered = !m_controller.slotName().isEmpty() || m_controller.shown() != Show::All || !m_search->text().isEmpty();
    m_card->setTitle(tr("Bookings"), m_controller.slotName().isEmpty() ? tr("%n shown", nullptr, count) + (m_controller.hasMore() ? tr(", more below") : QString()) : m_controller.slotName());
    m_allSlots->setVisible(!m_controller.slotName().isEmpty());
    m_show->setCurrent(static_cast<int>(m_controller.shown()));
    if (count > 0 && m_controller.load() == Load::Failed)
        Q_EMIT toast(tr("Not up to date: %1").arg(errorText(*m_controller.listError())));
    if (count > 0)
        m_pane->showData();
    else if (m_controller.load() == Load::Failed)
        m_pane->showError(errorText(*m_controller.listError()), errorCode(*m_controller.listError()));
    else if (m_controller.load() == Load::Loading)
        m_pane->showLoading();
    else
        m_pane->showEmpty(filtered ? tr("No booking fits.") : tr("Nothing is booked yet."), filtered ? tr("Show all bookings") : QString());
    Q_EMIT headerChanged();
}

std::vector<Command> BookingsPage::commands()
{
    const auto open = [this] { return m_controller.head().has_value(); };
    const auto press = [this](int key) { return [this, key] { m_detail->letterPressed(key); }; };
    const auto chosen = [this] {
        const int row = std::max(0, m_list->currentIndex().row());
        if (row < m_controller.list().rowCount())
            m_controller.open(m_controller.list().row(row).id);
    };
    return {
        {u"bookings.open"_s, tr("Open the chosen booking"), u"Enter"_s, [this] { return m_controller.list().rowCount() > 0; }, chosen},
        {u"bookings.cancel"_s, tr("Cancel the booking, or grant its cancellation"), u"X"_s, open, press(Qt::Key_X)},
        {u"bookings.move"_s, tr("Move the booking to another slot"), u"V"_s, open, press(Qt::Key_V)},
        {u"bookings.checkin"_s, tr("Check the booking in"), u"C"_s, open, press(Qt::Key_C)},
        {u"bookings.noshow"_s, tr("Mark the booking as no-show"), u"N"_s, open, press(Qt::Key_N)},
        {u"bookings.decline"_s, tr("Decline the wish to cancel"), u"D"_s, open, press(Qt::Key_D)},
        {u"bookings.undo"_s, tr("Undo the check-in"), u"U"_s, open, press(Qt::Key_U)},
        {u"bookings.refresh"_s, tr("Read the bookings again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void BookingsPage::activate()
{
    m_list->setFocus();
}

void BookingsPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void BookingsPage::openRecord(const QString& entityType, const QString& entityId)
{
    if (entityType == "slot_bookings"_L1) {
        if (const auto item = ItemId::parse(entityId)) {
            m_search->clear();
            m_controller.showSlotOf(*item);
        }
    } else if (const auto id = ReservationId::parse(entityId)) {
        m_controller.open(*id);
        if (const int row = m_controller.list().rowOf(*id); row >= 0)
            m_list->setCurrentIndex(m_controller.list().index(row, 0));
    }
}

QJsonObject BookingsPage::place() const
{
    const auto& id = m_controller.opened();
    return id ? QJsonObject{{u"booking"_s, id->toString()}, {u"show"_s, static_cast<int>(m_controller.shown())}} : QJsonObject{};
}

void BookingsPage::restorePlace(const QJsonObject& place)
{
    m_controller.setShow(static_cast<Show>(place[u"show"_s].toInt()));
    if (const auto id = ReservationId::parse(place[u"booking"_s].toString()); id && m_controller.opened() != id)
        m_controller.open(*id);
}

void BookingsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void BookingsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setVisible(true);
}

void BookingsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setVisible(false);
}

void BookingsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_detail->escape())
        return;
    if (!m_detail->letterPressed(signKey(*event)))
        Page::keyPressEvent(event);
}

} // namespace naru::ui
