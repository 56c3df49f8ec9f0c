// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/MoveSheet.h"

#include <algorithm>
#include <cstdlib>

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kListHeight = 168;
constexpr int kSlots = 200;
constexpr int kDaysAround = 14;
} // namespace

MoveSheet::MoveSheet(BookingsController& controller, const Clock& clock, QWidget* parent)
    : Sheet(parent), m_controller(controller), m_clock(clock), m_title(new TextLabel({}, TextSize::Body, true, TextLabel::Normal, this)), m_choice(new Segments({}, this)),
      m_list(new LineList(m_slots,
          [this](int row) {
              const auto& slot = m_slots.row(row);
              const auto left = slot.capacity.available();
              ListLine line;
              line.text = u"%1 (%2) %3"_s.arg(dayText(slot.localDate), weekdayText(slot.localDate), slot.localTime);
              line.right = formatMoney(slot.price);
              if (slot.status != SlotStatus::Open)
                  line.chip = ChipSpec{tr("closed"), "lock", Tone::Neutral};
              else if (left <= 0)
                  line.chip = ChipSpec{tr("sold out"), "x", Tone::Danger};
              else
                  line.chip = ChipSpec{tr("%1 left").arg(left), "check2", Tone::Success};
              return line;
          },
          false, this)),
      m_pane(new StatePane(m_list, this)), m_effect(new TextLabel({}, TextSize::Body, true, TextLabel::Normal, this)), m_reason(new QLineEdit(this)),
      m_yes(new KeyButton({}, {}, KeyButton::Primary, this)), m_no(new KeyButton({}, u"Esc"_s, KeyButton::Plain, this)), m_message(new TextLabel({}, TextSize::Body, false, TextLabel::Danger, this))
{
    setFrameShape(QFrame::NoFrame);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace3, kSpace3, kSpace3, kSpace3);
    column->setSpacing(kSpace2);
    m_title->setWordWrap(true);
    m_effect->setWordWrap(true);
    m_message->setWordWrap(true);
    m_message->hide();
    m_pane->setFixedHeight(kListHeight);
    m_reason->setMaxLength(500);
    m_reason->setMinimumHeight(kControl);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_choice, m_pane, m_effect, m_reason, m_message})
        column->addWidget(widget);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_yes);
    buttons->addWidget(m_no);
    buttons->addStretch(1);
    column->addLayout(buttons);
    hide();
    m_slots.setDescriber([this](const Slot& slot) {
        const auto line = m_list->line(m_slots.rowOf(slot.id));
        return u"%1, %2, %3"_s.arg(line.text, line.right, line.chip->text);
    });
    connect(m_choice, &Segments::currentChanged, this, [this](int at) {
        m_piece = at;
        readSlots();
    });
    connect(m_list, &LineList::currentMoved, this, &MoveSheet::choose);
    connect(m_list, &LineList::opened, this, [this](int row) {
        choose(row);
        m_yes->setFocus();
    });
    connect(m_list, &LineList::escaped, this, &MoveSheet::leave);
    connect(m_pane, &StatePane::retryWanted, this, &MoveSheet::readSlots);
    connect(m_reason, &QLineEdit::returnPressed, this, &MoveSheet::confirm);
    connect(m_yes, &QAbstractButton::clicked, this, &MoveSheet::confirm);
    connect(m_no, &QAbstractButton::clicked, this, &MoveSheet::leave);
    connect(&controller, &BookingsController::accessChanged, this, &MoveSheet::sync);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

MoveSheet::~MoveSheet()
{
    delete m_pane; // the list looks at the slots
}

void MoveSheet::retranslate()
{
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_reason->setAccessibleName(tr("Reason for the move"));
    m_yes->setText(tr("Move it"));
    m_yes->setAccessibleName(tr("Move the reservation"));
    m_no->setText(tr("Back"));
    m_no->setAccessibleName(tr("Leave it where it is"));
    m_list->setAccessibleName(tr("Slots to move to"));
    m_choice->setAccessibleName(tr("Which piece to move"));
    m_slots.describeAgain();
    showTitle();
    sync();
}

void MoveSheet::showTitle()
{
    const auto head = m_controller.head();
    m_title->setText(head ? tr("Move %1 to another slot. The old place is kept until the new one is sure.").arg(head->code) : QString());
    setAccessibleName(m_title->text());
}

void MoveSheet::addTo(FormEditor& editor)
{
    editor.add(u"piece"_s, m_choice);
    editor.add(u"reason"_s, m_reason);
}

void MoveSheet::ask()
{
    if (!m_controller.detail())
        return;
    m_pieces.clear();
    QStringList names;
    for (const auto& piece : m_controller.detail()->pieces) {
        if (piece.status != PieceStatus::Active)
            continue;
        m_pieces.push_back(piece);
        names << dateTimeText(piece.startsAt);
    }
    m_piece = 0;
    m_reason->clear();
    m_message->hide();
    m_choice->setTexts(names);
    m_choice->setCurrent(0);
    m_choice->setVisible(names.size() > 1);
    showTitle();
    show();
    m_slots.assign({});
    if (!m_pieces.empty())
        readSlots();
    sync();
    m_list->setFocus();
}

// The slots of the same product and option, two weeks around the piece.
void MoveSheet::readSlots()
{
    m_to.reset();
    m_quote.reset();
    m_error.reset();
    m_loading = true;
    const auto asked = ++m_asked;
    const auto piece = m_pieces[static_cast<std::size_t>(m_piece)];
    const auto failed = [this, asked](const Error& error) {
        if (asked != m_asked)
            return;
        m_loading = false;
        m_error = error;
        sync();
    };
    const auto listed = [this, asked, failed, own = piece.itemId](Result<Page<Slot>> answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            failed(answer.error());
            return;
        }
        m_loading = false;
        std::erase_if(answer->items, [&](const Slot& slot) { return slot.capacity.id == own || slot.startsAt <= m_clock.now() || slot.status == SlotStatus::Past || slot.status == SlotStatus::Cancelled; });
        m_slots.assign(std::move(answer->items));
        sync();
    };
    const auto known = [this, asked, failed, listed, piece](Result<StockLevel> answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            failed(answer.error());
            return;
        }
        const auto day = QDateTime::fromMSecsSinceEpoch(toUnixMs(piece.startsAt), Qt::UTC).date();
        backend::SlotAsk ask;
        ask.productId = answer->productId;
        ask.variantId = answer->variantId;
        ask.from = std::max(day.addDays(-kDaysAround), QDateTime::fromMSecsSinceEpoch(toUnixMs(m_clock.now()), Qt::UTC).date()).toString(Qt::ISODate);
        ask.to = day.addDays(kDaysAround).toString(Qt::ISODate);
        ask.limit = kSlots;
        m_controller.backend().slotRules().slotList(ask, {this, listed});
    };
    m_controller.backend().stock().level(piece.itemId, {this, known});
    sync();
}

std::vector<TicketLine> MoveSheet::lines() const
{
    std::vector<TicketLine> all;
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        TicketLine line;
        line.itemId = static_cast<int>(i) == m_piece && m_to ? *m_to : m_pieces[i].itemId;
        line.qty = m_pieces[i].qty;
        const auto same = std::find_if(all.begin(), all.end(), [&](const TicketLine& other) { return other.itemId == line.itemId; });
        if (same == all.end())
            all.push_back(line);
        else
            same->qty += line.qty;
    }
    return all;
}

void MoveSheet::choose(int row)
{
    if (row < 0 || row >= m_slots.rowCount())
        return;
    const auto item = m_slots.row(row).capacity.id;
    if (m_to == item && m_quote)
        return;
    m_to = item;
    m_quote.reset();
    m_message->hide();
    sync();
    m_controller.backend().cancellations().moveQuote(*m_controller.opened(), lines(), {this, [this, item](Result<MoveQuote> answer) {
        if (m_to != item)
            return;
        if (answer) {
            m_quote = std::move(*answer);
        } else {
            m_message->setText(errorText(answer.error()));
            m_message->show();
        }
        sync();
    }});
}

QString MoveSheet::verdict() const
{
    if (!m_to)
        return tr("Choose a slot.");
    if (!m_quote)
        return tr("Asking for the price …");
    for (const auto& piece : m_quote->pieces)
        if (piece.refusal)
            return u"%1: %2. %3"_s.arg(piece.title, refusalText(*piece.refusal), refusalHint(*piece.refusal));
    const auto change = m_quote->totalAfter.minor - m_quote->totalBefore.minor;
    if (change == 0)
        return tr("The price stays %1.").arg(formatMoney(m_quote->totalAfter));
    const auto money = formatMoney({std::abs(change), m_quote->totalAfter.currency});
    return change > 0 ? tr("%1 instead of %2: %3 more.").arg(formatMoney(m_quote->totalAfter), formatMoney(m_quote->totalBefore), money)
                      : tr("%1 instead of %2: %3 less.").arg(formatMoney(m_quote->totalAfter), formatMoney(m_quote->totalBefore), money);
}

void MoveSheet::sync()
{
    if (!isOpen())
        return;
    if (m_slots.rowCount() > 0)
        m_pane->showData();
    else if (m_error)
        m_pane->showError(errorText(*m_error), errorCode(*m_error));
    else if (m_loading)
        m_pane->showLoading();
    else
        m_pane->showEmpty(tr("There is no other slot within two weeks."));
    m_effect->setText(verdict());
    m_yes->setEnabled(m_quote && m_quote->possible && !m_controller.busy() && m_controller.online());
}

void MoveSheet::confirm()
{
    if (!m_yes->isEnabled())
        return;
    MoveRequest request;
    request.lines = lines();
    request.expectedTotalMinor = m_quote->totalAfter.minor;
    request.reason = m_reason->text().trimmed();
    m_message->hide();
    m_controller.move(request);
}

// Sold meanwhile: it is named, the old place is still the customer's, and the figures are read again.
void MoveSheet::refused(const Error& error)
{
    if (!isOpen())
        return;
    QString name;
    for (const auto& slot : m_slots.rows())
        if (m_to == slot.capacity.id)
            name = u"%1 %2"_s.arg(dayText(slot.localDate), slot.localTime);
    m_message->setText(name.isEmpty() ? errorText(error) : tr("%1: %2 The old place is kept.").arg(name, errorText(error)));
    m_message->show();
    const auto message = m_message->text();
    readSlots();
    m_message->setText(message);
}

void MoveSheet::leave()
{
    if (isHidden())
        return;
    ++m_asked;
    Sheet::leave();
}

} // namespace naru::ui
