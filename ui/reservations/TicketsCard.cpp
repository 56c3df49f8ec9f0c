// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/TicketsCard.h"

#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = ReservationMonitorController::Load;

namespace {
constexpr int kPad = 8;
constexpr int kRoomForCode = 320; // in narrower rows the title is worth more; tooltip and details have the whole code
constexpr int kShortCode = 4;

// Code, what was asked for, what became of it. Child of the list.
class TicketDelegate : public QStyledItemDelegate {
public:
    TicketDelegate(const TicketsCard& card, const models::TicketsModel& model, QListView& list)
        : QStyledItemDelegate(&list)
        , m_card(card)
        , m_model(model)
        , m_list(list)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, kRow}; }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const auto& ticket = m_model.at(index.row());
        const QRect row = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            p->setPen(selected && m_list.hasFocus() ? QPen(t.accent, 1.5) : QPen(Qt::NoPen));
            p->setBrush(selected ? t.accentSoft : t.hover);
            p->drawRoundedRect(QRectF(row).adjusted(0.75, 1.75, -0.75, -2.75), kRadius, kRadius);
        }
        p->setPen(t.border);
        p->drawLine(QPointF(row.left(), row.bottom() + 0.5), QPointF(row.right(), row.bottom() + 0.5));
        auto chip = m_card.chipFor(ticket);
        const int most = row.width() / 2 - kPad;
        if (chipSize(chip).width() > most) {
            const QFontMetrics fm(theme.font(TextSize::Meta, true));
            chip.text = fm.elidedText(chip.text, Qt::ElideRight, most - (chipSize(chip).width() - fm.horizontalAdvance(chip.text)));
        }
        const auto size = chipSize(chip);
        const auto shown = row.width() < kRoomForCode ? ticket.code.right(kShortCode) : ticket.code;
        const int code = QFontMetrics(theme.mono(TextSize::Meta)).horizontalAdvance(shown) + 12;
        drawText(*p, QRectF(row.left() + kPad, row.top(), code, row.height()), shown, theme.mono(TextSize::Meta), t.textMuted);
        const int left = row.left() + kPad + code;
        drawText(*p, QRectF(left, row.top(), row.right() - kPad - size.width() - 8 - left, row.height()), ticket.title, theme.font(TextSize::Body), t.text);
        drawChip(*p, QPoint(row.right() - kPad - size.width() + 1, row.center().y() - size.height() / 2), chip);
        p->restore();
    }

private:
    const TicketsCard& m_card;
    const models::TicketsModel& m_model;
    QListView& m_list;
};

} // namespace

TicketsCard::TicketsCard(ReservationMonitorController& controller, const Clock& clock, QWidget* parent)
    : Card({}, {}, parent)
    , m_controller(controller)
    , m_clock(clock)
    , m_list(new QListView(this))
    , m_pane(new StatePane(m_list, this))
    , m_fresh(new KeyButton({}, u"."_s, KeyButton::Plain))
    , m_detail(new QWidget(this))
    , m_detailTitle(new TextLabel({}, TextSize::Body, true))
    , m_detailText(new TextLabel({}, TextSize::Body, false, TextLabel::Muted))
{
    m_list->setModel(&controller.tickets());
    m_list->setItemDelegate(new TicketDelegate(*this, controller.tickets(), *m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    m_list->installEventFilter(this);
    addHeaderWidget(m_fresh);
    body()->addWidget(m_pane, 1);
    auto* column = new QVBoxLayout(m_detail);
    column->setContentsMargins(0, kSpace1, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_detailTitle);
    column->addWidget(m_detailText);
    m_detailText->setWordWrap(true);
    body()->addWidget(m_detail);
    m_detail->hide();
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_list->viewport()->update();
        syncDetail();
    });
    connect(m_fresh, &QAbstractButton::clicked, this, &TicketsCard::showWaiting);
    connect(&controller.tickets(), &models::TicketsModel::waitingChanged, this, &TicketsCard::syncWaiting);
    connect(&controller.tickets(), &QAbstractItemModel::dataChanged, this, &TicketsCard::syncDetail);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &TicketsCard::syncDetail);
    // Screen readers select without moving the cursor; here the two are one.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this](const QItemSelection& selected) {
        if (const auto chosen = selected.indexes(); chosen.size() == 1 && chosen.first() != m_list->currentIndex())
            m_list->selectionModel()->setCurrentIndex(chosen.first(), QItemSelectionModel::NoUpdate);
    });
    connect(&controller, &ReservationMonitorController::ticketsStatusChanged, this, &TicketsCard::syncStatus);
    connect(m_pane, &StatePane::retryWanted, &controller, &ReservationMonitorController::load);
    connect(&Theme::of(), &Theme::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    controller.tickets().setDescriber([this](const Ticket& ticket) { return u"%1, %2, %3"_s.arg(ticket.code, ticket.title, chipFor(ticket).text); });
    retranslate();
}

ChipSpec TicketsCard::chipFor(const Ticket& ticket) const
{
    auto chip = chipOf(ticket.status);
    switch (ticket.status) {
    case TicketStatus::Held:
        if (ticket.expiresAt) {
            const auto left = std::chrono::ceil<std::chrono::seconds>(*ticket.expiresAt - m_clock.now());
            chip.text = tr("Held %1").arg(minuteSecond(std::max(left, std::chrono::seconds(0))));
        }
        break;
    case TicketStatus::Queued:
    case TicketStatus::Waitlisted:
        if (ticket.position > 0)
            chip.text = tr("Waiting, place %1").arg(ticket.position);
        break;
    case TicketStatus::Rejected:
        if (ticket.refusal) {
            chip.text = refusalText(*ticket.refusal);
            if (ticket.refusedItem)
                if (const auto place = m_controller.occupancy().placeOf(*ticket.refusedItem); place.row)
                    chip.text += place.row->label.contains(u':') ? u" · %1 %2"_s.arg(dayText(place.cell->date), place.row->label) : u" · %1"_s.arg(dayText(place.cell->date));
        }
        break;
    default: break;
    }
    return chip;
}

QString TicketsCard::explain(const Ticket& ticket) const
{
    QStringList lines;
    if (ticket.status == TicketStatus::Rejected && ticket.refusal) {
        auto why = refusalText(*ticket.refusal);
        if (ticket.refusedItem)
            if (const auto place = m_controller.occupancy().placeOf(*ticket.refusedItem); place.row)
                why += u" · "_s + tr("%1 %2 on %3: %4 of %5 taken").arg(place.row->title, models::rowLabel(*place.row), dayText(place.cell->date)).arg(place.cell->allocated + place.cell->held).arg(place.cell->capacity);
        lines << why << tr("What to do: %1").arg(refusalHint(*ticket.refusal));
        if (ticket.soonestExpiry)
            lines << tr("The first hold in the way ends at %1.").arg(timeOfDay(*ticket.soonestExpiry));
    } else {
        lines << chipFor(ticket).text;
    }
    auto who = tr("%1, for %2, asked at %3").arg(ticket.customerName).arg(ticket.qty).arg(timeOfDay(ticket.enqueuedAt));
    if (ticket.finishedAt)
        who += u" · "_s + tr("decided in %1 ms").arg((*ticket.finishedAt - ticket.enqueuedAt).count());
    lines << who;
    return lines.join(u'\n');
}

void TicketsCard::retranslate()
{
    m_list->setAccessibleName(tr("Live requests"));
    m_detail->setAccessibleName(tr("Selected request"));
    m_controller.tickets().describeAgain();
    syncStatus();
    syncWaiting();
    syncDetail();
}

void TicketsCard::syncStatus()
{
    const auto& status = m_controller.ticketsStatus();
    const int count = m_controller.tickets().rowCount();
    setTitle(tr("Live requests"));
    if (count == 0 && !status.seen)
        status.load == Load::Failed ? m_pane->showError(errorText(*status.error), errorCode(*status.error)) : m_pane->showLoading();
    else if (count == 0)
        m_pane->showEmpty(tr("No requests yet."));
    else
        m_pane->showData();
    if (count > 0 && status.seen && status.asOf)
        m_pane->showLoading();
}

void TicketsCard::syncWaiting()
{
    const int waiting = m_controller.tickets().waiting();
    m_fresh->setText(tr("%n new request(s)", nullptr, waiting));
    m_fresh->setAccessibleName(m_fresh->text());
    m_fresh->setVisible(waiting > 0);
    m_fresh->updateGeometry();
}

void TicketsCard::syncDetail()
{
    const auto at = m_list->currentIndex();
    m_detail->setVisible(at.isValid());
    if (!at.isValid())
        return;
    const auto& ticket = m_controller.tickets().at(at.row());
    const auto title = u"%1  %2"_s.arg(ticket.code, ticket.title);
    if (m_detailTitle->text() != title)
        m_detailTitle->setText(title);
    if (const auto text = explain(ticket); m_detailText->text() != text)
        m_detailText->setText(text);
}

void TicketsCard::syncPause()
{
    m_controller.tickets().setPaused(isVisible() && (m_list->hasFocus() || m_list->underMouse()));
}

void TicketsCard::showWaiting()
{
    m_controller.tickets().showWaiting();
    m_list->scrollToTop();
}

bool TicketsCard::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::Enter:
    case QEvent::Leave:
        QMetaObject::invokeMethod(this, &TicketsCard::syncPause, Qt::QueuedConnection); // once the state has settled
        break;
    case QEvent::KeyPress: {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Escape && m_list->currentIndex().isValid()) {
            m_list->setCurrentIndex({});
            return true;
        }
        if (signKey(key) == Qt::Key_Period) {
            showWaiting();
            return true;
        }
        break;
    }
    default: break;
    }
    return Card::eventFilter(watched, event);
}

void TicketsCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_second.start();
}

void TicketsCard::hideEvent(QHideEvent* event)
{
    Card::hideEvent(event);
    m_second.stop();
    m_controller.tickets().setPaused(false);
}

} // namespace naru::ui
