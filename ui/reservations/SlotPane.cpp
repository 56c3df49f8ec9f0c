// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/SlotPane.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "models/reservations/OccupancyModel.h"
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
    if (cell.slotCount > 1)
        text += u" · "_s + SlotPane::tr("%n slot(s)", nullptr, cell.slotCount);
    return text;
}

} // namespace

QString cellSentence(const OccupancyRow& row, const OccupancyCell& cell)
{
    return u"%1, %2: %3. %4"_s.arg(rowName(row), dayName(cell.date), stateOf(cell).text, figuresOf(cell));
}

SlotPane::SlotPane(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, TextSize::Body, true))
    , m_state(new ChipLabel)
    , m_figures(new TextLabel({}, TextSize::Body, false, TextLabel::Muted))
    , m_product(new KeyButton({}, {}))
    , m_close(new KeyButton({}, u"Esc"_s))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace3, kSpace2, kSpace2, kSpace2);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSpace2);
    head->addWidget(m_title);
    head->addWidget(m_state);
    head->addStretch(1);
    column->addLayout(head);
    column->addWidget(m_figures);
    row->addLayout(column, 1);
    row->addWidget(m_product);
    row->addWidget(m_close);
    connect(m_product, &QAbstractButton::clicked, this, [this] { Q_EMIT productWanted(m_productId); });
    connect(m_close, &QAbstractButton::clicked, this, &SlotPane::closeWanted);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void SlotPane::setSlot(const OccupancyRow& row, const OccupancyCell& cell)
{
    m_productId = row.productId.toString();
    m_title->setText(u"%1 · %2"_s.arg(rowName(row), dayName(cell.date)));
    m_state->setChip(stateOf(cell));
    m_figures->setText(figuresOf(cell));
    setAccessibleName(cellSentence(row, cell));
}

void SlotPane::retranslate()
{
    m_product->setText(tr("Open product"));
    m_product->setAccessibleName(m_product->text());
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close slot details"));
    m_product->updateGeometry();
    m_close->updateGeometry();
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
