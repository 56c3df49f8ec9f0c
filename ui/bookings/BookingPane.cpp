// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/BookingPane.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/bookings/CancelSheet.h"
#include "ui/bookings/MoveSheet.h"
#include "ui/bookings/TimeBar.h"
#include "ui/orders/HistoryList.h"
#include "ui/orders/InlineSheet.h"
#include "ui/reservations/BookingWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

void empty(QLayout& rows)
{
    while (QLayoutItem* item = rows.takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

// A text, a figure and a chip in one line.
QWidget* lineOf(const QString& text, const QString& right, const ChipSpec& chip, QWidget* parent)
{
    auto* line = new QWidget(parent);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(kSpace2);
    auto* label = new TextLabel(text, TextSize::Body, false, TextLabel::Normal, line);
    label->setWordWrap(true);
    row->addWidget(label, 1);
    if (!right.isEmpty())
        row->addWidget(new TextLabel(right, TextSize::Body, false, TextLabel::Muted, line));
    row->addWidget(new ChipLabel(chip, line));
    return line;
}

} // namespace

BookingPane::BookingPane(BookingsController& controller, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_clock(clock), m_none(new TextLabel({}, TextSize::Body, false, TextLabel::Faint, this)), m_scroll(new QScrollArea(this)), m_content(new QWidget)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, kSpace2, 1, kSpace2);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    outer->addWidget(m_none, 1);
    outer->addWidget(m_scroll, 1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_scroll->setWidget(m_content);
    auto* body = new QVBoxLayout(m_content);
    body->setContentsMargins(kSpace4 - 1, kSpace2, kSpace4 - 1, kSpace3);
    body->setSpacing(kSpace2);
    build(*body);
    buildActions(*body);
    body->addStretch(1);
    m_second.setInterval(1000);
    connectAll();
    retranslate();
}

BookingPane::~BookingPane()
{
    delete m_scroll; // the sheets look at the controller
}

void BookingPane::build(QVBoxLayout& body)
{
    m_code = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, m_content);
    m_code->setFont(Theme::of().mono(TextSize::Meta));
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title = new TextLabel({}, TextSize::Section, true, TextLabel::Normal, m_content);
    m_title->setWordWrap(true);
    m_status = new ChipLabel({}, m_content);
    m_who = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, m_content);
    m_who->setWordWrap(true);
    m_pieceBox = new QWidget(m_content);
    m_pieces = new QVBoxLayout(m_pieceBox);
    m_pieces->setContentsMargins(0, 0, 0, 0);
    m_pieces->setSpacing(0);
    m_policyTitle = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_content);
    m_policy = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, m_content);
    m_policy->setWordWrap(true);
    m_bar = new TimeBar(m_clock, m_content);
    m_remaining = new TextLabel({}, TextSize::Body, false, TextLabel::Normal, m_content);
    m_remaining->setWordWrap(true);
    m_moneyTitle = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_content);
    m_money = new TextLabel({}, TextSize::Body, false, TextLabel::Normal, m_content);
    m_money->setWordWrap(true);
    m_refundBox = new QWidget(m_content);
    m_refunds = new QVBoxLayout(m_refundBox);
    m_refunds->setContentsMargins(0, 0, 0, 0);
    m_refunds->setSpacing(0);
    m_historyTitle = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_content);
    m_history = new HistoryList(m_content);
    m_error = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, m_content);
    m_error->setWordWrap(true);
    m_retry = new KeyButton({}, {}, KeyButton::Plain, m_content);
    body.addWidget(m_code);
    body.addWidget(m_title);
    body.addWidget(m_status, 0, Qt::AlignLeft);
    body.addWidget(m_who);
    body.addWidget(m_error);
    body.addWidget(m_retry, 0, Qt::AlignLeft);
}

void BookingPane::buildActions(QVBoxLayout& body)
{
    m_actions = new QWidget(m_content);
    auto* rows = new QGridLayout(m_actions);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(kSpace2);
    rows->setVerticalSpacing(kSpace2);
    m_checkInButton = new KeyButton({}, u"C"_s, KeyButton::Primary, m_actions);
    m_moveButton = new KeyButton({}, u"V"_s, KeyButton::Plain, m_actions);
    m_cancelButton = new KeyButton({}, u"X"_s, KeyButton::Destructive, m_actions);
    m_declineButton = new KeyButton({}, u"D"_s, KeyButton::Plain, m_actions);
    m_noShowButton = new KeyButton({}, u"N"_s, KeyButton::Plain, m_actions);
    m_undoButton = new KeyButton({}, u"U"_s, KeyButton::Plain, m_actions);
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    for (auto* button : {m_checkInButton, m_moveButton, m_undoButton})
        first->addWidget(button);
    for (auto* button : {m_cancelButton, m_declineButton, m_noShowButton})
        second->addWidget(button);
    first->addStretch(1);
    second->addStretch(1);
    rows->addLayout(first, 0, 0);
    rows->addLayout(second, 1, 0);
    m_cancel = new CancelSheet(m_controller, m_content);
    m_move = new MoveSheet(m_controller, m_clock, m_content);
    m_sheet = new InlineSheet(m_content);
    for (QWidget* part : std::initializer_list<QWidget*>{m_actions, m_cancel, m_move, m_sheet, m_pieceBox, m_policyTitle, m_bar, m_remaining, m_policy, m_moneyTitle, m_money, m_refundBox, m_historyTitle, m_history})
        body.addWidget(part);
}

void BookingPane::connectAll()
{
    connect(&m_controller, &BookingsController::detailChanged, this, &BookingPane::sync);
    connect(&m_controller, &BookingsController::quoteChanged, this, &BookingPane::syncQuote);
    connect(&m_controller, &BookingsController::accessChanged, this, &BookingPane::syncActions);
    connect(&m_controller, &BookingsController::wrote, this, &BookingPane::wrote);
    connect(&m_controller, &BookingsController::writeFailed, this, &BookingPane::writeFailed);
    connect(m_retry, &QAbstractButton::clicked, &m_controller, [this] {
        m_controller.readDetail();
        m_controller.readQuote();
    });
    connect(m_cancelButton, &QAbstractButton::clicked, this, &BookingPane::askCancel);
    connect(m_declineButton, &QAbstractButton::clicked, this, &BookingPane::askDecline);
    connect(m_moveButton, &QAbstractButton::clicked, this, &BookingPane::askMove);
    connect(m_checkInButton, &QAbstractButton::clicked, this, &BookingPane::checkIn);
    connect(m_noShowButton, &QAbstractButton::clicked, this, &BookingPane::askNoShow);
    connect(m_undoButton, &QAbstractButton::clicked, this, &BookingPane::askUndo);
    const auto sheetGone = [this] {
        syncActions();
        Q_EMIT sheetLeft();
    };
    connect(m_cancel, &CancelSheet::left, this, sheetGone);
    connect(m_move, &MoveSheet::left, this, sheetGone);
    connect(m_sheet, &InlineSheet::left, this, sheetGone);
    connect(m_sheet, &InlineSheet::confirmed, this, &BookingPane::answered);
    keepForms();
    connect(&m_second, &QTimer::timeout, this, &BookingPane::tick);
    connect(&Theme::of(), &Theme::changed, this, [this] {
        m_code->setFont(Theme::of().mono(TextSize::Meta));
        update();
    });
}

void BookingPane::retranslate()
{
    setAccessibleName(tr("Booking in detail"));
    m_none->setText(tr("Choose a booking to see it here."));
    m_policyTitle->setText(tr("Cancellation policy, as bought"));
    m_moneyTitle->setText(tr("Payments"));
    m_historyTitle->setText(tr("History"));
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(m_retry->text());
    const std::pair<KeyButton*, QString> texts[] = {{m_checkInButton, tr("Check in")}, {m_moveButton, tr("Move")}, {m_declineButton, tr("Decline")},
        {m_noShowButton, tr("No-show")}, {m_undoButton, tr("Undo check-in")}};
    for (const auto& [button, text] : texts) {
        button->setText(text);
        button->setAccessibleName(text);
        button->updateGeometry();
    }
    m_cancel->retranslate();
    m_move->retranslate();
    m_detail.reset();
    sync();
    syncQuote();
}

QString BookingPane::policyWords(const CancellationPolicy& policy) const
{
    QStringList tiers;
    for (const auto& tier : policy.tiers)
        tiers << tierText(tier);
    if (policy.noShowFeeBps > 0)
        tiers << tr("no-show costs %1").arg(percentText(policy.noShowFeeBps));
    return u"%1: %2"_s.arg(tr("%1, revision %2").arg(policy.code).arg(policy.revision), tiers.join(u" · "_s));
}

void BookingPane::sync()
{
    const auto& head = m_controller.head();
    const bool any = m_controller.opened().has_value();
    m_none->setVisible(!any);
    m_scroll->setVisible(any);
    if (!any)
        return;
    if (m_shown != m_controller.opened()) {
        m_shown = m_controller.opened();
        m_detail.reset();
        closeSheets();
        m_scroll->ensureVisible(0, 0);
    }
    m_code->setText(head ? head->code : QString());
    m_title->setText(head ? head->title : tr("Reading the booking …"));
    m_status->setVisible(head.has_value());
    if (head) {
        m_status->setChip(chipOf(head->status));
        auto who = tr("%1 · %n seat(s) · %2", nullptr, static_cast<int>(head->qty)).arg(head->customerName, formatMoney(head->total));
        if (head->confirmedAt)
            who += u" · "_s + tr("booked %1").arg(dateTimeText(*head->confirmedAt));
        if (!head->cancelReason.isEmpty())
            who += u'\n' + tr("Reason: %1").arg(head->cancelReason);
        m_who->setText(who);
    }
    const auto& error = m_controller.detailError();
    m_error->setVisible(error.has_value());
    m_retry->setVisible(error.has_value());
    if (error)
        m_error->setText(errorText(*error));
    const auto& detail = m_controller.detail();
    for (QWidget* part : std::initializer_list<QWidget*>{m_pieceBox, m_policyTitle, m_policy, m_moneyTitle, m_money, m_refundBox, m_historyTitle, m_history})
        part->setVisible(detail.has_value());
    if (detail && m_detail != detail) {
        m_detail = detail;
        syncPieces(*detail);
        m_policy->setText(policyWords(detail->policy));
        syncMoney(*detail);
        std::vector<TransitionEntry> lines;
        for (const auto& entry : detail->history)
            lines.push_back({entry.fromState, historyText(entry), entry.actorName.isEmpty() ? roleWord(entry.actorRole) : entry.actorName, {}, entry.reason, entry.at});
        m_history->setEntries(lines);
    }
    syncQuote();
    syncActions();
}

void BookingPane::syncPieces(const ReservationDetail& detail)
{
    empty(*m_pieces);
    for (const auto& piece : detail.pieces) {
        auto chip = chipOf(piece.status);
        if (piece.status == PieceStatus::Active && piece.slotStatus == SlotStatus::Closed)
            chip = {tr("slot closed"), "lock", Tone::Warning};
        const auto text = u"%1\n%2 – %3"_s.arg(piece.title, dateTimeText(piece.startsAt), timeOfDay(piece.endsAt));
        m_pieces->addWidget(lineOf(text, tr("%1 × %2").arg(piece.qty).arg(formatMoney({piece.unitPriceMinor, detail.reservation.total.currency})), chip, m_pieceBox));
    }
}

void BookingPane::syncMoney(const ReservationDetail& detail)
{
    empty(*m_refunds);
    QStringList lines;
    for (const auto& payment : detail.payments) {
        auto line = u"%1 · %2 %3"_s.arg(payment.provider, chipOf(payment.status).text, formatMoney(payment.captured));
        if (payment.refunded.minor > 0)
            line += u" · "_s + tr("%1 given back").arg(formatMoney(payment.refunded));
        lines << line;
    }
    if (lines.isEmpty())
        lines << tr("Nothing was paid here: nothing to refund.");
    m_money->setText(lines.join(u'\n'));
    for (const auto& refund : detail.refunds)
        m_refunds->addWidget(lineOf(tr("Refund %1 · %2").arg(dateTimeText(refund.createdAt), refund.requestedBy), formatMoney(refund.amount), chipOf(refund.status), m_refundBox));
    m_refundBox->setVisible(!detail.refunds.empty());
}

void BookingPane::syncQuote()
{
    const auto& quote = m_controller.quote();
    const auto& head = m_controller.head();
    const bool shown = quote && head && quote->reservationId == head->id && !quote->steps.empty()
        && (head->status == ReservationStatus::Confirmed || head->status == ReservationStatus::Pending || head->status == ReservationStatus::CancelRequested);
    m_bar->setVisible(shown);
    if (shown)
        m_bar->setQuote(*quote);
    tick();
    m_cancel->sync();
}

void BookingPane::tick()
{
    m_bar->tick();
    const auto& quote = m_controller.quote();
    m_remaining->setVisible(m_bar->isVisibleTo(m_content) && quote.has_value());
    if (!quote)
        return;
    const auto now = quote->paid.minor > 0 ? tr("Now %1 would come back").arg(formatMoney(quote->refund)) : tr("Nothing to refund");
    const auto next = m_bar->remaining();
    if (const auto text = next.isEmpty() ? now : u"%1 · %2"_s.arg(now, next); text != m_remaining->text())
        m_remaining->setText(text);
}

void BookingPane::keepForms()
{
    const auto about = [this]() -> std::optional<FormSubject> {
        const auto& head = m_controller.head();
        return head && m_shown ? std::optional(FormSubject{m_shown->toString(), head->code, head->version, {}}) : std::nullopt;
    };
    // The booking first, then its form; the detail tells when it has come.
    const auto opened = [this](const FormSubject& kept) {
        const auto id = ReservationId::parse(kept.entityId);
        if (id && m_controller.opened() != id)
            m_controller.open(*id);
        return id && m_controller.opened() == id && m_controller.detail() && m_shown == id;
    };
    m_sheet->keepAs(u"bookings.form"_s, about, [this, opened](const FormSubject& kept) {
        if (!opened(kept))
            return false;
        kept.purpose == "no-show"_L1 ? askNoShow() : kept.purpose == "decline"_L1 ? askDecline() : askUndo();
        return m_sheet->isOpen();
    });
    auto* cancel = new FormEditor(u"bookings.cancel"_s, *m_cancel, {[this, about] { return m_cancel->isOpen() ? about() : std::nullopt; },
                                                                       [this, opened](const FormSubject& kept) {
                                                                           if (opened(kept))
                                                                               askCancel();
                                                                           return m_cancel->isOpen();
                                                                       },
                                                                       [this] { m_cancel->leave(); }});
    m_cancel->addTo(*cancel);
    auto* move = new FormEditor(u"bookings.move"_s, *m_move, {[this, about] { return m_move->isOpen() ? about() : std::nullopt; },
                                                                 [this, opened](const FormSubject& kept) {
                                                                     if (opened(kept))
                                                                         askMove();
                                                                     return m_move->isOpen();
                                                                 },
                                                                 [this] { m_move->leave(); }});
    m_move->addTo(*move);
    for (FormEditor* editor : {m_sheet->editor(), cancel, move}) {
        connect(&m_controller, &BookingsController::detailChanged, editor, &FormEditor::ready, Qt::QueuedConnection); // after the pane
        connect(&m_controller, &BookingsController::accessChanged, editor, &FormEditor::ready, Qt::QueuedConnection);
    }
}

bool BookingPane::sheetOpen() const { return m_cancel->isOpen() || m_move->isOpen() || m_sheet->isOpen(); }

void BookingPane::closeSheets()
{
    m_cancel->leave();
    m_move->leave();
    m_sheet->leave();
}

void BookingPane::syncActions()
{
    const auto& head = m_controller.head();
    const auto status = head ? head->status : ReservationStatus::Expired;
    const bool asked = status == ReservationStatus::CancelRequested;
    const bool free = head && m_controller.online() && !m_controller.busy();
    const auto offer = [&](KeyButton* button, bool fits, bool ready = true) {
        button->setVisible(fits && m_controller.mayWrite());
        button->setEnabled(fits && free && ready);
        button->setToolTip(m_controller.online() ? QString() : tr("Needs the server, which cannot be reached now."));
    };
    m_cancelButton->setText(asked ? tr("Grant cancellation") : tr("Cancel"));
    m_cancelButton->setAccessibleName(asked ? tr("Grant the cancellation") : tr("Cancel the reservation"));
    m_cancelButton->updateGeometry();
    offer(m_cancelButton, status == ReservationStatus::Confirmed || status == ReservationStatus::Pending || asked);
    offer(m_declineButton, asked);
    offer(m_moveButton, status == ReservationStatus::Confirmed, m_controller.detail().has_value());
    offer(m_checkInButton, status == ReservationStatus::Confirmed || status == ReservationStatus::NoShow);
    offer(m_noShowButton, status == ReservationStatus::Confirmed);
    offer(m_undoButton, status == ReservationStatus::CheckedIn);
    m_actions->setVisible(head && !sheetOpen());
}

void BookingPane::askCancel()
{
    if (!m_cancelButton->isEnabled() || m_cancelButton->isHidden())
        return;
    closeSheets();
    m_cancel->ask();
    syncActions();
    m_scroll->ensureWidgetVisible(m_cancel);
}

void BookingPane::askMove()
{
    if (!m_moveButton->isEnabled() || m_moveButton->isHidden())
        return;
    closeSheets();
    m_move->ask();
    syncActions();
    m_scroll->ensureWidgetVisible(m_move);
}

void BookingPane::checkIn()
{
    if (m_checkInButton->isEnabled() && !m_checkInButton->isHidden())
        m_controller.checkIn();
}

void BookingPane::askNoShow()
{
    if (!m_noShowButton->isEnabled() || m_noShowButton->isHidden())
        return;
    closeSheets();
    const auto& detail = m_controller.detail();
    const auto title = detail && detail->noShowFee.minor > 0 ? tr("Mark as no-show? By the policy it costs %1.").arg(formatMoney(detail->noShowFee)) : tr("Mark as no-show?");
    m_sheet->ask(u"no-show"_s, title, {{tr("Reason"), {}, tr("Optional, recorded"), false}}, tr("Mark as no-show"), true);
    syncActions();
}

void BookingPane::askDecline()
{
    if (!m_declineButton->isEnabled() || m_declineButton->isHidden())
        return;
    closeSheets();
    m_sheet->ask(u"decline"_s, tr("Decline the cancellation? The reservation stays as it is."), {{tr("Reason, shown to the customer"), {}, {}, true}}, tr("Decline"), true);
    syncActions();
}

void BookingPane::askUndo()
{
    if (!m_undoButton->isEnabled() || m_undoButton->isHidden())
        return;
    closeSheets();
    m_sheet->ask(u"undo"_s, tr("Undo the check-in?"), {{tr("Reason"), {}, {}, true}}, tr("Undo check-in"), true);
    syncActions();
}

void BookingPane::answered(const QString& purpose, const QStringList& values)
{
    if (purpose == "no-show"_L1)
        m_controller.markNoShow(values.value(0));
    else if (purpose == "decline"_L1)
        m_controller.decline(values.value(0));
    else
        m_controller.undoCheckIn(values.value(0));
}

void BookingPane::wrote(const Reservation& now)
{
    closeSheets();
    Q_EMIT said(u"%1: %2"_s.arg(now.code, chipOf(now.status).text));
}

void BookingPane::writeFailed(const Error& error)
{
    m_cancel->refused(error);
    m_move->refused(error);
    if (!m_cancel->isOpen() && !m_move->isOpen())
        Q_EMIT said(errorText(error));
}

bool BookingPane::letterPressed(int sign)
{
    switch (sign) {
    case Qt::Key_X: askCancel(); return true;
    case Qt::Key_V: askMove(); return true;
    case Qt::Key_C: checkIn(); return true;
    case Qt::Key_N: askNoShow(); return true;
    case Qt::Key_D: askDecline(); return true;
    case Qt::Key_U: askUndo(); return true;
    default: return false;
    }
}

bool BookingPane::escape()
{
    if (!sheetOpen())
        return false;
    closeSheets();
    return true;
}

void BookingPane::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    drawCard(p, rect(), false, false);
}

void BookingPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_second.start();
}

void BookingPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_second.stop();
}

} // namespace naru::ui
