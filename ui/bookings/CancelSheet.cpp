// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/CancelSheet.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/BookingWords.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

CancelSheet::CancelSheet(BookingsController& controller, QWidget* parent)
    : Sheet(parent), m_controller(controller), m_title(new TextLabel({}, TextSize::Body, true, TextLabel::Normal, this)), m_refund(new TextLabel({}, TextSize::Section, true, TextLabel::Normal, this)),
      m_fee(new TextLabel({}, TextSize::Body, false, TextLabel::Muted, this)), m_next(new TextLabel({}, TextSize::Body, false, TextLabel::Normal, this)),
      m_note(new TextLabel({}, TextSize::Body, false, TextLabel::Warning, this)), m_reason(new QLineEdit(this)), m_grant(new QLineEdit(this)), m_goodwill(new QCheckBox(this)),
      m_message(new TextLabel({}, TextSize::Body, false, TextLabel::Danger, this)), m_yes(new KeyButton({}, u"Enter"_s, KeyButton::Destructive, this)), m_no(new KeyButton({}, u"Esc"_s, KeyButton::Plain, this))
{
    setFrameShape(QFrame::NoFrame);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace3, kSpace3, kSpace3, kSpace3);
    column->setSpacing(kSpace2);
    for (auto* label : {m_title, m_refund, m_fee, m_next, m_note, m_message}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    m_reason->setMaxLength(500);
    m_reason->setMinimumHeight(kControl);
    m_grant->setMinimumHeight(kControl);
    m_grant->setValidator(new QIntValidator(0, 1'000'000'000, m_grant));
    column->insertWidget(5, m_reason);
    column->insertWidget(6, m_grant);
    column->insertWidget(7, m_goodwill);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_yes);
    buttons->addWidget(m_no);
    buttons->addStretch(1);
    column->addLayout(buttons);
    hide();
    connect(m_yes, &QAbstractButton::clicked, this, &CancelSheet::confirm);
    connect(m_no, &QAbstractButton::clicked, this, &CancelSheet::leave);
    connect(m_reason, &QLineEdit::returnPressed, this, &CancelSheet::confirm);
    connect(m_grant, &QLineEdit::returnPressed, this, &CancelSheet::confirm);
    connect(&controller, &BookingsController::accessChanged, this, &CancelSheet::sync);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void CancelSheet::retranslate()
{
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_reason->setAccessibleName(tr("Reason for the cancellation"));
    m_grant->setPlaceholderText(tr("Refund another amount (empty: by the policy)"));
    m_grant->setAccessibleName(tr("Refund another amount"));
    m_goodwill->setText(tr("Ask for more than the policy gives; a person decides"));
    m_goodwill->setAccessibleName(m_goodwill->text());
    m_no->setText(tr("Keep it"));
    m_no->setAccessibleName(tr("Keep the reservation"));
    sync();
}

void CancelSheet::addTo(FormEditor& editor)
{
    editor.add(u"reason"_s, m_reason);
    editor.add(u"grant"_s, m_grant);
    editor.add(u"goodwill"_s, m_goodwill);
}

void CancelSheet::ask()
{
    m_message->hide();
    m_reason->clear();
    m_grant->clear();
    m_goodwill->setChecked(false);
    m_shown.reset();
    show();
    sync();
    m_controller.readQuote(); // of this moment
    m_reason->setFocus();
}

QString CancelSheet::nextInLine(const CancellationQuote& quote) const
{
    QStringList lines;
    for (const auto& next : quote.nextInLine) {
        QString what;
        if (quote.nextInLine.size() > 1 && m_controller.detail())
            for (const auto& piece : m_controller.detail()->pieces)
                if (piece.itemId == next.itemId)
                    what = piece.title + u": "_s;
        if (next.partySize)
            lines << what + tr("The seats are offered to the next in line, a party of %1 (%n waiting)", nullptr, next.waiting).arg(*next.partySize);
        else if (next.waiting > 0)
            lines << what + tr("%n waiting, but nobody's party fits; the seats are on sale again", nullptr, next.waiting);
        else
            lines << what + tr("Nobody waits; the seats are on sale again");
    }
    return lines.join(u'\n');
}

void CancelSheet::sync()
{
    if (!isOpen())
        return;
    const auto& head = m_controller.head();
    const auto& quote = m_controller.quote();
    const bool asked = head && head->status == ReservationStatus::CancelRequested;
    m_title->setText(head ? (asked ? tr("Grant the cancellation of %1?") : tr("Cancel %1?")).arg(head->code) : QString());
    setAccessibleName(m_title->text());
    m_yes->setText(asked ? tr("Grant it") : tr("Cancel the reservation"));
    m_yes->setAccessibleName(m_yes->text());
    m_yes->updateGeometry();
    const bool ready = quote && head && quote->reservationId == head->id;
    m_yes->setEnabled(ready && !m_controller.busy() && m_controller.online() && m_controller.mayWrite());
    for (auto* label : {m_fee, m_next})
        label->setVisible(ready);
    m_note->setVisible(ready && quote->needsPerson && !asked);
    if (!ready) {
        m_refund->setText(m_controller.quoteError() ? errorText(*m_controller.quoteError()) : tr("Working out what comes back …"));
        return;
    }
    m_note->setText(tr("The first piece has begun: a person decides, the reservation waits until then."));
    if (m_shown && *m_shown != quote->refund.minor) {
        m_message->setText(tr("The refund changed while you looked: it was %1. Please look again.").arg(formatMoney({*m_shown, quote->refund.currency})));
        m_message->show();
    }
    m_shown = quote->refund.minor;
    m_grant->setVisible(quote->paid.minor > 0);
    m_goodwill->setVisible(quote->paid.minor > 0 && quote->refund.minor < quote->paid.minor && !asked);
    if (quote->paid.minor == 0) {
        m_refund->setText(tr("Nothing to refund"));
        m_fee->setText(tr("Nothing was paid here; the price was %1.").arg(formatMoney(quote->total)));
    } else {
        m_refund->setText(tr("Refund %1").arg(formatMoney(quote->refund)));
        m_fee->setText(tr("Fee %1 of %2 paid (%3 comes back by the policy)").arg(formatMoney(quote->fee), formatMoney(quote->paid), percentText(quote->refundBps)));
    }
    m_next->setText(nextInLine(*quote));
    m_next->setVisible(!quote->nextInLine.empty());
}

void CancelSheet::confirm()
{
    const auto& quote = m_controller.quote();
    if (!m_yes->isEnabled() || !quote)
        return;
    CancelRequest request;
    request.reason = m_reason->text().trimmed();
    request.expectedRefundMinor = m_shown;
    if (m_grant->isVisibleTo(this) && m_grant->hasAcceptableInput())
        request.refundMinor = m_grant->text().toLongLong();
    request.goodwill = m_goodwill->isVisibleTo(this) && m_goodwill->isChecked();
    if (request.refundMinor && *request.refundMinor > quote->paid.minor) {
        m_message->setText(tr("More than was paid cannot be refunded."));
        m_message->show();
        return;
    }
    if ((request.refundMinor || request.goodwill) && request.reason.isEmpty()) {
        m_message->setText(tr("Another amount needs a reason."));
        m_message->show();
        m_reason->setFocus();
        return;
    }
    m_message->hide();
    m_controller.cancel(request);
}

void CancelSheet::refused(const Error& error)
{
    if (!isOpen())
        return;
    if (error.code != "refund-changed"_L1) { // otherwise the new quote says it
        m_message->setText(errorText(error));
        m_message->show();
    }
}

} // namespace naru::ui
