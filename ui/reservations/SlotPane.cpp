// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/SlotPane.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using models::CellState;

namespace {

QString rowName(const OccupancyRow& row)
{
    return models::rowLabel(row).isEmpty() ? row.title : u"%1 · %2"_s.arg(row.title, row.label);
}

QString dayName(const QString& date)
{
    return u"%1 (%2)"_s.arg(dayText(date), weekdayText(date));
}

std::int64_t leftIn(const OccupancyCell& cell)
{
    return std::max<std::int64_t>(0, cell.capacity + cell.overbook - cell.allocated - cell.held);
}

ChipSpec stateOf(const OccupancyCell& cell)
{
    switch (models::cellState(cell)) {
    case CellState::NoSlot: return {SlotPane::tr("No slot"), "dash", Tone::Neutral};
    case CellState::Closed: return {SlotPane::tr("Sales closed"), "lock", Tone::Neutral};
    case CellState::Full: return {SlotPane::tr("Sold out"), "x", Tone::Danger};
    case CellState::Overbooked: return {SlotPane::tr("Overbooked"), "exclamation-triangle", Tone::Danger};
    case CellState::Open: break;
    }
    return {SlotPane::tr("%1 left").arg(leftIn(cell)), "check2", Tone::Success};
}

QString figuresOf(const OccupancyCell& cell)
{
    if (cell.slotCount == 0)
        return SlotPane::tr("Nothing is offered on this day.");
    auto text = SlotPane::tr("Capacity %1 · sold %2 · held %3 · left %4").arg(cell.capacity).arg(cell.allocated).arg(cell.held).arg(leftIn(cell));
    if (cell.overbook > 0)
        text += u" · "_s + SlotPane::tr("overbooking allowed %1").arg(cell.overbook);
    if (cell.waiting > 0)
        text += u" · "_s + SlotPane::tr("%1 waiting").arg(cell.waiting);
    if (cell.slotCount > 1)
        text += u" · "_s + SlotPane::tr("%n slot(s)", nullptr, cell.slotCount);
    return text;
}

} // namespace

QString cellSentence(const OccupancyRow& row, const OccupancyCell& cell, const QString& hour)
{
    const auto when = hour.isEmpty() ? dayName(cell.date) : u"%1 %2"_s.arg(dayName(cell.date), hour);
    return u"%1, %2: %3. %4"_s.arg(rowName(row), when, stateOf(cell).text, figuresOf(cell));
}

QString slotName(const OccupancyRow& row, const OccupancyCell& cell)
{
    return u"%1 · %2"_s.arg(rowName(row), dayName(cell.date));
}

SlotPane::SlotPane(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, TextSize::Body, true))
    , m_state(new ChipLabel)
    , m_figures(new TextLabel({}, TextSize::Body, false, TextLabel::Muted))
    , m_choice(new Segments({}, this))
    , m_capacity(new KeyButton({}, u"O"_s))
    , m_waiting(new KeyButton({}, u"L"_s))
    , m_bookings(new KeyButton({}, u"B"_s))
    , m_ledger(new KeyButton({}, u"E"_s))
    , m_rules(new KeyButton({}, {}))
    , m_product(new KeyButton({}, {}))
    , m_close(new KeyButton({}, u"Esc"_s))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace3, kSpace2, kSpace3, kSpace2);
    column->setSpacing(kSpace1);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSpace2);
    head->addWidget(m_title);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_choice);
    head->addWidget(m_close);
    column->addLayout(head);
    m_figures->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_title->setMinimumWidth(80);
    column->addWidget(m_figures);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace1 + 2);
    for (auto* button : {m_capacity, m_waiting, m_bookings, m_ledger, m_rules, m_product})
        row->addWidget(button);
    row->addStretch(1);
    column->addLayout(row);
    m_choice->hide();
    connect(m_choice, &Segments::currentChanged, this, [this](int at) {
        if (at >= 0 && at < static_cast<int>(m_items.size()) && m_items[static_cast<std::size_t>(at)] != m_item) {
            m_item = m_items[static_cast<std::size_t>(at)];
            Q_EMIT chosen();
        }
    });
    connect(m_product, &QAbstractButton::clicked, this, &SlotPane::productWanted);
    connect(m_rules, &QAbstractButton::clicked, this, &SlotPane::rulesWanted);
    connect(m_bookings, &QAbstractButton::clicked, this, &SlotPane::bookingsWanted);
    connect(m_waiting, &QAbstractButton::clicked, this, &SlotPane::waitingWanted);
    connect(m_capacity, &QAbstractButton::clicked, this, &SlotPane::capacityWanted);
    connect(m_ledger, &QAbstractButton::clicked, this, &SlotPane::ledgerWanted);
    connect(m_close, &QAbstractButton::clicked, this, &SlotPane::closeWanted);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void SlotPane::setSlots(const std::vector<Place>& places)
{
    std::vector<ItemId> items;
    QStringList names;
    for (const auto& place : places) {
        items.push_back(place.cell->itemId);
        names << (models::hourOf(place.row->label) ? place.row->label : place.row->title.section(u" · "_s, -1));
    }
    if (items != m_items) {
        m_items = items;
        m_choice->setTexts(names);
    }
    const auto at = std::find(m_items.begin(), m_items.end(), m_item);
    const auto index = at == m_items.end() ? 0 : static_cast<int>(at - m_items.begin());
    m_item = m_items[static_cast<std::size_t>(index)];
    m_choice->setCurrent(index);
    m_choice->setVisible(m_items.size() > 1);
    show(places[static_cast<std::size_t>(index)]);
}

void SlotPane::choose(ItemId item)
{
    m_item = item;
}

void SlotPane::show(const Place& place)
{
    m_productId = place.row->productId;
    m_name = slotName(*place.row, *place.cell);
    m_title->setText(m_name);
    m_title->setToolTip(m_name);
    m_state->setChip(stateOf(*place.cell));
    m_figures->setText(figuresOf(*place.cell));
    m_figures->setToolTip(m_figures->text());
    setAccessibleName(cellSentence(*place.row, *place.cell, {}));
}

void SlotPane::setWritable(bool writable, const QString& why)
{
    m_capacity->setEnabled(writable);
    m_capacity->setToolTip(why);
}

void SlotPane::retranslate()
{
    const std::pair<KeyButton*, QString> texts[] = {{m_capacity, tr("Capacity")}, {m_waiting, tr("Waiting list")}, {m_bookings, tr("Bookings")},
        {m_ledger, tr("Explain")}, {m_rules, tr("Rules")}, {m_product, tr("Product")}, {m_close, tr("Close")}};
    for (const auto& [button, text] : texts) {
        button->setText(text);
        button->setAccessibleName(text);
        button->updateGeometry();
    }
    m_product->setAccessibleName(tr("Open product"));
    m_ledger->setAccessibleName(tr("Explain the figure"));
    m_rules->setAccessibleName(tr("Open the slot rules"));
    m_close->setAccessibleName(tr("Close slot details"));
    m_choice->setAccessibleName(tr("Slots of this cell"));
}

void SlotPane::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(Theme::of().tokens().neutralSoft);
    p.drawRoundedRect(rect(), kRadius, kRadius);
}

} // namespace naru::ui
