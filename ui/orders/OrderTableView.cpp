// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderTableView.h"

#include "ui/orders/OrderCardDelegate.h"
#include "ui/orders/OrderChoice.h"
#include "ui/orders/OrderWords.h"
#include "ui/text/StateText.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace naru::ui {

using models::OrderListModel;

namespace {

// Paints one cell: chips, codes, deadlines and money in their own way.
class OrderCellDelegate final : public QStyledItemDelegate {
public:
    OrderCellDelegate(const Clock& clock, QObject* parent) : QStyledItemDelegate(parent), m_clock(clock) {}

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* model = static_cast<const OrderListModel*>(index.model());
        const models::OrderRow& r = model->row(index.row());
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        const bool flashing = r.changedAt.count() > 0 && m_clock.steady() - r.changedAt < kFlash;
        if (selected || flashing)
            p->fillRect(option.rect, t.accentSoft);
        p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        p->save();
        if (r.pending)
            p->setOpacity(0.55);
        const QRect box = option.rect.adjusted(kSpace2, 0, -kSpace2, -1);
        const QString text = index.data(Qt::DisplayRole).toString();
        switch (index.column()) {
        case OrderListModel::Code: {
            QRect at = box;
            if (r.unseen) {
                p->setRenderHint(QPainter::Antialiasing);
                p->setPen(Qt::NoPen);
                p->setBrush(t.accent);
                p->drawEllipse(QRectF(box.left() - 7, box.center().y() - 2, 5, 5));
            }
            drawText(*p, at, text, theme.mono(TextSize::Meta), t.textMuted);
            break;
        }
        case OrderListModel::Status: {
            const ChipSpec chip = chipOf(r.card.status);
            drawChip(*p, QPoint(box.left() - 2, box.center().y() - chipSize(chip).height() / 2 + 1), chip);
            break;
        }
        case OrderListModel::Title: drawText(*p, box, text, theme.font(TextSize::Body, true), t.text); break;
        case OrderListModel::Amount: drawText(*p, box, text, theme.font(TextSize::Body, true), t.text, Qt::AlignRight | Qt::AlignVCenter); break;
        case OrderListModel::Due: paintDue(*p, box, r.card, text); break;
        case OrderListModel::Customer: drawText(*p, box, text, theme.font(TextSize::Body), t.text); break;
        default: drawText(*p, box, text, theme.font(TextSize::Body), t.textMuted); break;
        }
        p->restore();
    }

private:
    void paintDue(QPainter& p, const QRect& box, const VendorOrderCard& card, const QString& text) const
    {
        if (!models::dueOf(card))
            return;
        const double left = models::dueLeft(card, m_clock.now());
        drawRing(p, QRectF(box.left(), box.center().y() - 7, 16, 16), left);
        const Tone tone = deadlineTone(left);
        const Tokens& t = Theme::of().tokens();
        drawText(p, box.adjusted(16 + kSpace2, 0, 0, 0), text, Theme::of().font(TextSize::Body, tone != Tone::Accent), tone == Tone::Accent ? t.textMuted : Theme::of().tone(tone));
    }
    const Clock& m_clock;
};

constexpr int kWidths[OrderListModel::ColumnCount] = {104, 100, 200, 112, 88, 104, 196, 128, 96};
constexpr int kTitleMin = 140;

} // namespace

OrderTableView::OrderTableView(OrderListModel& model, const Clock& clock, QWidget* parent) : QTableView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new OrderCellDelegate(clock, this));
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    verticalHeader()->setVisible(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(true);
    for (int c = 0; c < OrderListModel::ColumnCount; ++c)
        setColumnWidth(c, kWidths[c]);
    m_flashEnd.setSingleShot(true);
    m_flashEnd.setInterval(kFlash + Millis(30));
    connect(&m_flashEnd, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &OrderTableView::sectionClicked);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const VendorOrderId id = currentId(); !id.isNull())
            Q_EMIT chosen(id);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (verticalScrollBar()->maximum() - value < 3 * viewport()->height())
            Q_EMIT endNear();
    });
    retranslate();
}

void OrderTableView::retranslate() { setAccessibleName(tr("Orders as a table")); }

void OrderTableView::sectionClicked(int section)
{
    switch (section) {
    case OrderListModel::Due: Q_EMIT sortWanted(models::OrderSort::Deadline); break;
    case OrderListModel::Amount: Q_EMIT sortWanted(models::OrderSort::Amount); break;
    case OrderListModel::Code: Q_EMIT sortWanted(models::OrderSort::Placed); break;
    default: break; // the server has no such order
    }
}

void OrderTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitTitle();
}

// The title takes what is left; the last columns give way first when there is not enough.
void OrderTableView::fitTitle()
{
    int used = 0;
    for (int c = 0; c < OrderListModel::ColumnCount; ++c)
        if (c != OrderListModel::Title)
            used += isColumnHidden(c) && c == OrderListModel::VendorName ? 0 : kWidths[c];
    for (const int c : {int(OrderListModel::Updated), int(OrderListModel::Shipping), int(OrderListModel::Customer)}) {
        const bool hide = viewport()->width() - used < kTitleMin;
        setColumnHidden(c, hide);
        if (hide)
            used -= kWidths[c];
    }
    setColumnWidth(OrderListModel::Title, std::max(kTitleMin, viewport()->width() - used));
}

std::vector<VendorOrderId> OrderTableView::picked() const { return pickedOrders(*this, m_model); }

VendorOrderId OrderTableView::currentId() const { return currentOrder(*this, m_model); }

bool OrderTableView::setCurrentId(VendorOrderId id) { return setCurrentOrder(*this, m_model, id); }

void OrderTableView::tick()
{
    const int left = columnViewportPosition(OrderListModel::Due);
    viewport()->update(QRect(left, 0, columnWidth(OrderListModel::Due), viewport()->height()));
}

void OrderTableView::flash()
{
    viewport()->update();
    m_flashEnd.start();
}

void OrderTableView::keyPressEvent(QKeyEvent* event)
{
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space) {
        event->ignore(); // letters are commands of the page
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace naru::ui
