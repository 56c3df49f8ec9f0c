// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderDetailPane.h"

#include "ui/ErrorText.h"
#include "ui/orders/HistoryList.h"
#include "ui/orders/InlineSheet.h"
#include "ui/orders/OrderWords.h"
#include "ui/text/StateText.h"
#include "ui/widgets/Widgets.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>

namespace naru::ui {

using namespace Qt::StringLiterals;

namespace {

enum Fact { VendorFact, CustomerFact, DueFact, ShippingFact, PlacedFact };

// A hairline between the rows of the lines table.
QWidget* hairline(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    return line;
}

// A part's total is its lines and its share of the order's shipping.
std::int64_t shippingFee(const VendorOrderDetail& detail)
{
    std::int64_t fee = detail.card.total.minor;
    for (const OrderLine& line : detail.lines)
        fee -= line.totalMinor;
    return fee;
}

} // namespace

OrderDetailPane::OrderDetailPane(const Clock& clock, QWidget* parent)
    : QWidget(parent), m_clock(clock), m_scroll(new QScrollArea(this)), m_content(new QWidget)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, kSpace2, 1, kSpace2);
    m_none = new TextLabel({}, TextSize::Body, false, TextLabel::Faint, this);
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
    m_code = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, m_content);
    m_title = new TextLabel({}, TextSize::Section, true, TextLabel::Normal, m_content);
    m_title->setWordWrap(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* chips = new QHBoxLayout;
    m_status = new ChipLabel({}, m_content);
    m_payment = new ChipLabel({}, m_content);
    chips->setSpacing(kSpace1);
    chips->addWidget(m_status);
    chips->addWidget(m_payment);
    chips->addStretch();
    body->addWidget(m_code);
    body->addWidget(m_title);
    body->addLayout(chips);
    buildFacts(*body);
    body->addStretch();
    connect(m_sheet, &InlineSheet::confirmed, this, &OrderDetailPane::sheetAnswered);
    connect(m_sheet, &InlineSheet::left, this, [this] {
        m_actions->show();
        Q_EMIT askingLeft();
    });
    connect(&Theme::of(), &Theme::changed, this, [this] {
        m_code->setFont(Theme::of().mono(TextSize::Meta));
        update();
    });
    m_code->setFont(Theme::of().mono(TextSize::Meta));
    retranslate();
    showNothing();
}

void OrderDetailPane::buildFacts(QVBoxLayout& body)
{
    m_facts = new QGridLayout;
    m_facts->setHorizontalSpacing(kSpace3);
    m_facts->setVerticalSpacing(kSpace1);
    m_facts->setColumnMinimumWidth(0, 72);
    m_facts->setColumnStretch(1, 1);
    for (int i = 0; i < 5; ++i) {
        m_factNames[i] = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, m_content);
        m_factValues[i] = new TextLabel({}, TextSize::Body, i == DueFact, TextLabel::Normal, m_content);
        m_factValues[i]->setWordWrap(true);
        m_facts->addWidget(m_factNames[i], i, 0, Qt::AlignTop);
        m_facts->addWidget(m_factValues[i], i, 1);
    }
    m_lineBox = new QWidget(m_content);
    m_lines = new QGridLayout(m_lineBox);
    m_lines->setContentsMargins(0, kSpace1, 0, kSpace1);
    m_lines->setHorizontalSpacing(kSpace3);
    m_lines->setVerticalSpacing(6);
    m_lines->setColumnStretch(0, 1);
    auto* money = new QGridLayout;
    money->setHorizontalSpacing(kSpace3);
    money->setVerticalSpacing(kSpace1);
    money->setColumnMinimumWidth(0, 72);
    money->setColumnStretch(1, 1);
    m_feeName = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, m_content);
    m_fee = new TextLabel({}, TextSize::Body, false, TextLabel::Normal, m_content);
    m_fee->setObjectName(u"orderShippingFee"_s);
    m_authorisedName = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, m_content);
    m_authorised = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_content);
    m_capturedName = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, m_content);
    m_captured = new TextLabel({}, TextSize::Body, false, TextLabel::Normal, m_content);
    money->addWidget(m_feeName, 0, 0);
    money->addWidget(m_fee, 0, 1);
    money->addWidget(m_authorisedName, 1, 0);
    money->addWidget(m_authorised, 1, 1);
    money->addWidget(m_capturedName, 2, 0);
    money->addWidget(m_captured, 2, 1);
    m_historyTitle = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_content);
    m_history = new HistoryList(m_content);
    m_error = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, m_content);
    m_error->setWordWrap(true);
    m_retry = new KeyButton({}, {}, KeyButton::Plain, m_content);
    connect(m_retry, &QAbstractButton::clicked, this, &OrderDetailPane::retryWanted);
    m_actions = new QWidget(m_content);
    auto* actions = new QVBoxLayout(m_actions);
    actions->setContentsMargins(0, kSpace1, 0, 0);
    actions->setSpacing(kSpace2);
    m_sheet = new InlineSheet(m_content);
    body.addLayout(m_facts);
    body.addWidget(m_lineBox);
    body.addLayout(money);
    body.addSpacing(kSpace1);
    body.addWidget(m_historyTitle);
    body.addWidget(m_history);
    body.addWidget(m_error);
    body.addWidget(m_retry, 0, Qt::AlignLeft);
    body.addWidget(m_actions);
    body.addWidget(m_sheet);
}

void OrderDetailPane::retranslate()
{
    m_none->setText(tr("Choose an order to see it here."));
    m_factNames[VendorFact]->setText(tr("Vendor"));
    m_factNames[CustomerFact]->setText(tr("Customer"));
    m_factNames[ShippingFact]->setText(tr("Shipping"));
    m_factNames[PlacedFact]->setText(tr("Placed"));
    m_feeName->setText(tr("Shipping fee"));
    m_authorisedName->setText(tr("Authorised"));
    m_capturedName->setText(tr("Captured"));
    m_historyTitle->setText(tr("History"));
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(m_retry->text());
    setAccessibleName(tr("Order in detail"));
    if (m_card) {
        const VendorOrderCard card = *m_card;
        const std::optional<VendorOrderDetail> detail = m_shown;
        m_shown.reset();
        showOrder(card, detail, std::nullopt, m_pending);
    }
}

void OrderDetailPane::showNothing()
{
    m_card.reset();
    m_shown.reset();
    m_scroll->hide();
    m_none->show();
}

void OrderDetailPane::setVendorShown(bool shown)
{
    m_vendorShown = shown;
    m_factNames[VendorFact]->setVisible(shown);
    m_factValues[VendorFact]->setVisible(shown);
}

void OrderDetailPane::showOrder(const VendorOrderCard& card, const std::optional<VendorOrderDetail>& detail, const std::optional<Error>& error, bool pending)
{
    const bool other = m_card && m_card->id != card.id; // a form is asked about the order that was chosen just before
    m_card = card;
    m_pending = pending;
    m_none->hide();
    m_scroll->show();
    m_code->setText(card.code + u" · "_s + card.orderCode);
    m_title->setText(OrderWords::title(card));
    m_status->setChip(chipOf(card.status));
    m_payment->setChip(chipOf(card.payment));
    m_factValues[VendorFact]->setText(card.vendorName);
    m_factValues[CustomerFact]->setText(card.customerName);
    m_factValues[PlacedFact]->setText(dateTimeText(card.placedAt));
    const QString shipping = OrderWords::shipping(card);
    m_factNames[ShippingFact]->setVisible(!shipping.isEmpty());
    m_factValues[ShippingFact]->setVisible(!shipping.isEmpty());
    m_factValues[ShippingFact]->setText(shipping);
    tick();
    if (other && m_sheet->isOpen())
        m_sheet->leave();

    m_error->setVisible(error.has_value());
    m_retry->setVisible(error.has_value());
    if (error)
        m_error->setText(errorText(*error));
    const bool ready = detail && detail->card.id == card.id;
    for (QWidget* part : std::initializer_list<QWidget*>{m_lineBox, m_authorisedName, m_authorised, m_historyTitle, m_history})
        part->setVisible(ready);
    const bool captured = ready && detail->capturedMinor > 0;
    const std::int64_t fee = ready ? shippingFee(*detail) : 0;
    m_feeName->setVisible(fee > 0);
    m_fee->setVisible(fee > 0);
    m_capturedName->setVisible(captured);
    m_captured->setVisible(captured);
    if (!ready) {
        m_shown.reset();
        clearActions();
        return;
    }
    if (m_shown != detail) {
        m_fee->setText(formatMoney({fee, card.total.currency}));
        m_authorised->setText(formatMoney({detail->authorisedMinor, card.total.currency}));
        m_captured->setText(formatMoney({detail->capturedMinor, card.total.currency}));
        m_history->setEntries(detail->history);
        showLines(*detail);
    }
    m_shown = detail;
    showActions(*detail, pending);
}

void OrderDetailPane::tick()
{
    if (!m_card)
        return;
    const auto due = models::dueOf(*m_card);
    m_factNames[DueFact]->setVisible(due.has_value());
    m_factValues[DueFact]->setVisible(due.has_value());
    if (!due)
        return;
    m_factNames[DueFact]->setText(m_card->status == VendorOrderStatus::AwaitingAcceptance ? tr("Accept by") : tr("Ship by"));
    const Instant now = m_clock.now();
    const Tone tone = deadlineTone(models::dueLeft(*m_card, now));
    m_factValues[DueFact]->setLevel(tone == Tone::Danger ? TextLabel::Danger : tone == Tone::Warning ? TextLabel::Warning : TextLabel::Normal);
    if (const QString text = dueText(*due, now); text != m_factValues[DueFact]->text())
        m_factValues[DueFact]->setText(text);
}

void OrderDetailPane::clearLines()
{
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void OrderDetailPane::showLines(const VendorOrderDetail& detail)
{
    clearLines();
    const QStringList heads{tr("Item"), tr("Quantity"), tr("Amount")};
    const auto side = [](int column) { return column == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter; };
    const auto put = [this, &side](int row, int column, const QString& text, TextSize size, TextLabel::Level level) {
        auto* label = new TextLabel(text, size, false, level, m_lineBox);
        label->setAlignment(side(column));
        label->setWordWrap(column == 0);
        label->setContentsMargins(column == 0 ? kSpace2 : 0, 1, column == 2 ? kSpace2 : 0, 1);
        m_lines->addWidget(label, row, column);
    };
    for (int c = 0; c < 3; ++c)
        put(0, c, heads[c], TextSize::Meta, TextLabel::Muted);
    m_lines->addWidget(hairline(m_lineBox), 1, 0, 1, 3);
    int row = 2;
    for (const OrderLine& line : detail.lines) {
        put(row, 0, line.title, TextSize::Body, TextLabel::Normal);
        const std::int64_t left = line.qty - line.cancelledQty;
        put(row, 1, line.cancelledQty > 0 ? tr("%1 of %2").arg(left).arg(line.qty) : QString::number(line.qty), TextSize::Body, TextLabel::Normal);
        put(row, 2, formatMoney({line.totalMinor, detail.card.total.currency}), TextSize::Body, TextLabel::Normal);
        m_lines->addWidget(hairline(m_lineBox), row + 1, 0, 1, 3);
        row += 2;
    }
}

void OrderDetailPane::clearActions()
{
    QLayout* rows = m_actions->layout();
    while (QLayoutItem* item = rows->takeAt(0)) {
        if (QLayout* line = item->layout())
            while (QLayoutItem* inner = line->takeAt(0)) {
                if (QWidget* button = inner->widget()) {
                    button->hide();
                    button->deleteLater();
                }
                delete inner;
            }
        delete item;
    }
}

void OrderDetailPane::showActions(const VendorOrderDetail& detail, bool pending)
{
    clearActions();
    auto* rows = static_cast<QVBoxLayout*>(m_actions->layout());
    QHBoxLayout* line = nullptr;
    int room = 0;
    bool primary = true;
    for (const VendorOrderStatus to : detail.allowedNext) {
        const bool destructive = to == VendorOrderStatus::Refused || to == VendorOrderStatus::Cancelled;
        const auto kind = destructive ? KeyButton::Destructive : std::exchange(primary, false) ? KeyButton::Primary : KeyButton::Plain;
        auto* button = new KeyButton(OrderWords::verb(to), OrderWords::verbKey(detail.card.status, to), kind, m_actions);
        button->setAccessibleName(OrderWords::verb(to));
        button->setObjectName(u"moveTo%1Button"_s.arg(static_cast<int>(to)));
        button->setEnabled(!pending);
        connect(button, &QAbstractButton::clicked, this, [this, to] { Q_EMIT moveWanted(to); });
        if (!line || room < button->sizeHint().width()) {
            line = new QHBoxLayout;
            line->setSpacing(kSpace2);
            rows->addLayout(line);
            room = std::max(minimumWidth(), 240) - 2 * kSpace4 - kSpace1; // the page fixes this pane's width
            line->addStretch();
        }
        line->insertWidget(line->count() - 1, button);
        room -= button->sizeHint().width() + kSpace2;
    }
    m_actions->setVisible(!m_sheet->isOpen());
}

bool OrderDetailPane::isAsking() const { return m_sheet->isOpen(); }

void OrderDetailPane::askShipping(int orders, VendorOrderStatus to)
{
    m_asked = to;
    m_actions->hide();
    const QString title = orders > 1 ? tr("Ship %n orders", nullptr, orders) : tr("Ship this order");
    m_sheet->ask(u"ship"_s, title, {{tr("Carrier"), m_card ? m_card->carrier : QString(), tr("CJ, Hanjin, Korea Post …"), true}, {tr("Tracking number"), {}, {}, true}}, OrderWords::verb(to));
    m_scroll->ensureWidgetVisible(m_sheet);
}

void OrderDetailPane::askReason(int orders, VendorOrderStatus to)
{
    m_asked = to;
    m_actions->hide();
    const QString title = to == VendorOrderStatus::Refused ? (orders > 1 ? tr("Refuse %n orders", nullptr, orders) : tr("Refuse this order"))
                                                           : (orders > 1 ? tr("Cancel %n orders", nullptr, orders) : tr("Cancel this order"));
    m_sheet->ask(u"reason"_s, title, {{tr("Reason, shown to the customer"), {}, {}, true}}, OrderWords::verb(to), true);
    m_scroll->ensureWidgetVisible(m_sheet);
}

void OrderDetailPane::sheetAnswered(const QString& purpose, const QStringList& values)
{
    VendorOrderMove move;
    move.to = m_asked;
    if (purpose == u"ship"_s) {
        move.carrier = values.value(0);
        move.trackingNo = values.value(1);
    } else {
        move.reason = values.value(0);
    }
    Q_EMIT answered(move);
}

void OrderDetailPane::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    drawCard(p, rect(), false, false);
}

void OrderDetailPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace naru::ui
