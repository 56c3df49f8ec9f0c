// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderBoardView.h"

#include "ui/orders/OrderWords.h"
#include "ui/widgets/Widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>

namespace naru::ui {

using namespace Qt::StringLiterals;

OrderBoardView::OrderBoardView(OrderBoardController& controller, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_dragged(new QLabel(this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kSpace3);
    grid->setVerticalSpacing(kSpace1);
    grid->setRowStretch(1, 1);
    for (int i = 0; i < OrderBoardController::kColumns; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const auto kind = i < 3 ? OrderCardDelegate::Kind::Deadline : i == 3 ? OrderCardDelegate::Kind::Shipping : OrderCardDelegate::Kind::Done;
        m_titles[at] = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, this);
        m_titles[at]->setMinimumWidth(1); // a long word must not make one column wider than the others
        m_counts[at] = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, this);
        auto* head = new QHBoxLayout;
        head->setContentsMargins(kSpace1, 0, 0, 0);
        head->setSpacing(kSpace2);
        head->addWidget(m_titles[at]);
        head->addWidget(m_counts[at]);
        head->addStretch();
        m_columns[at] = new OrderColumnView(controller.column(i), clock, kind, this);
        m_columns[at]->setObjectName(u"ordersColumn%1"_s.arg(i));
        grid->addLayout(head, 0, i);
        grid->addWidget(m_columns[at], 1, i);
        grid->setColumnStretch(i, 1);
        grid->setRowMinimumHeight(0, 26);
        OrderColumnView* column = m_columns[at];
        connect(column, &OrderColumnView::endNear, this, [this, i] { m_controller.fetchMore(i); });
        connect(column, &OrderColumnView::dragMoved, this, [this, i](const QPoint& global, const QPixmap& card) { dragTo(i, global, card); });
        connect(column, &OrderColumnView::dragFinished, this, [this, i](const QPoint& global, bool done) { drop(i, global, done); });
        connect(column->selectionModel(), &QItemSelectionModel::currentChanged, this, [this, i] { choose(i); });
        connect(column->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this, i] {
            if (!m_columns[static_cast<std::size_t>(i)]->selectionModel()->selectedIndexes().isEmpty())
                choose(i);
        });
    }
    m_dragged->hide();
    m_dragged->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&controller, &OrderBoardController::countsChanged, this, &OrderBoardView::showCounts);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void OrderBoardView::retranslate()
{
    for (int i = 0; i < OrderBoardController::kColumns; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const QString title = OrderWords::columnTitle(i);
        m_columns[at]->setAccessibleName(title);
        m_columns[at]->setEmptyText(OrderWords::columnEmpty(i));
        m_columns[at]->viewport()->update();
    }
    showCounts();
}

void OrderBoardView::showCounts()
{
    for (int i = 0; i < OrderBoardController::kColumns; ++i)
        m_counts[static_cast<std::size_t>(i)]->setText(OrderWords::count(m_controller.count(i)));
    fitTitles();
}

void OrderBoardView::fitTitles()
{
    const QFontMetrics fm(Theme::of().font(TextSize::Body, true));
    const int gaps = (OrderBoardController::kColumns - 1) * static_cast<QGridLayout*>(layout())->horizontalSpacing();
    for (int i = 0; i < OrderBoardController::kColumns; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const int room = (width() - gaps) / OrderBoardController::kColumns - m_counts[at]->sizeHint().width() - kSpace4;
        m_titles[at]->setText(fm.elidedText(OrderWords::columnTitle(i), Qt::ElideRight, std::max(room, 40)));
    }
}

void OrderBoardView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTitles();
}

void OrderBoardView::setVendorShown(bool shown)
{
    for (OrderColumnView* column : m_columns)
        column->cards().setVendorShown(shown);
    flash();
}

void OrderBoardView::setNarrow(bool narrow) { static_cast<QGridLayout*>(layout())->setHorizontalSpacing(narrow ? kSpace2 : kSpace3); }

OrderColumnView* OrderBoardView::focusedColumn() const
{
    for (OrderColumnView* column : m_columns)
        if (column->hasFocus())
            return column;
    return m_current >= 0 ? m_columns[static_cast<std::size_t>(m_current)] : nullptr;
}

std::vector<VendorOrderId> OrderBoardView::picked() const
{
    const OrderColumnView* column = focusedColumn();
    return column ? column->picked() : std::vector<VendorOrderId>{};
}

// One card is chosen on the whole board: choosing in one column clears the others.
void OrderBoardView::choose(int column)
{
    if (m_choosing)
        return;
    m_choosing = true;
    m_current = column;
    for (int i = 0; i < OrderBoardController::kColumns; ++i)
        if (i != column)
            m_columns[static_cast<std::size_t>(i)]->clearSelection();
    m_choosing = false;
    const VendorOrderId id = m_columns[static_cast<std::size_t>(column)]->currentId();
    if (!id.isNull())
        Q_EMIT chosen(id);
}

bool OrderBoardView::showCard(VendorOrderId id)
{
    for (OrderColumnView* column : m_columns)
        if (column->setCurrentId(id))
            return true;
    return false;
}

void OrderBoardView::moveFocus(int step)
{
    const int from = m_current < 0 ? 0 : m_current;
    OrderColumnView* start = m_columns[static_cast<std::size_t>(from)];
    const int height = start->currentIndex().isValid() ? start->visualRect(start->currentIndex()).center().y() : 0;
    for (int i = from + step; i >= 0 && i < OrderBoardController::kColumns; i += step) {
        OrderColumnView* column = m_columns[static_cast<std::size_t>(i)];
        const int rows = column->orders().rowCount();
        if (rows == 0)
            continue;
        QModelIndex at = column->indexAt({kSpace4, height});
        if (!at.isValid())
            at = column->orders().index(rows - 1, 0);
        column->setFocus(Qt::OtherFocusReason);
        column->setCurrentIndex(at);
        choose(i); // also when that row was current before
        column->selectionModel()->select(at, QItemSelectionModel::ClearAndSelect);
        return;
    }
}

void OrderBoardView::focusFirst()
{
    OrderColumnView* wanted = m_current >= 0 && m_columns[static_cast<std::size_t>(m_current)]->orders().rowCount() > 0 ? m_columns[static_cast<std::size_t>(m_current)] : nullptr;
    for (OrderColumnView* column : m_columns)
        if (!wanted && column->orders().rowCount() > 0)
            wanted = column;
    if (!wanted)
        wanted = m_columns[0];
    wanted->setFocus(Qt::OtherFocusReason);
    if (!wanted->currentIndex().isValid() && wanted->orders().rowCount() > 0)
        wanted->setCurrentIndex(wanted->orders().index(0, 0));
}

int OrderBoardView::columnAt(const QPoint& local) const
{
    for (int i = 0; i < OrderBoardController::kColumns; ++i) {
        const QRect box = m_columns[static_cast<std::size_t>(i)]->geometry().adjusted(-kSpace3 / 2, -kSpace5, kSpace3 / 2, 0);
        if (box.contains(local))
            return i;
    }
    return -1;
}

void OrderBoardView::dragTo(int from, const QPoint& global, const QPixmap& card)
{
    const QPoint local = mapFromGlobal(global);
    if (m_dragged->isHidden()) {
        QPixmap ghost(card.size());
        ghost.setDevicePixelRatio(card.devicePixelRatio());
        ghost.fill(Qt::transparent);
        QPainter p(&ghost);
        p.setOpacity(0.97);
        p.drawPixmap(0, 0, card);
        p.end();
        m_dragged->setPixmap(ghost);
        m_dragged->adjustSize();
        m_dragged->show();
        m_dragged->raise();
    }
    m_dragged->move(local - QPoint(m_dragged->width() / 2, kSpace4));
    const int target = columnAt(local);
    if (const int shown = target == from ? -1 : target; shown != m_target) {
        m_target = shown;
        update();
    }
}

void OrderBoardView::drop(int from, const QPoint& global, bool done)
{
    m_dragged->hide();
    m_target = -1;
    update();
    const int target = done ? columnAt(mapFromGlobal(global)) : -1;
    if (target < 0 || target == from)
        return;
    const std::vector<VendorOrderId> ids = m_columns[static_cast<std::size_t>(from)]->picked();
    if (!ids.empty())
        Q_EMIT dropped(ids, target);
}

void OrderBoardView::paintEvent(QPaintEvent*)
{
    if (m_target < 0)
        return;
    QPainter p(this);
    const Tokens& t = Theme::of().tokens();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(t.accent, 1));
    p.setBrush(t.accentSoft);
    const QRect box = m_columns[static_cast<std::size_t>(m_target)]->geometry().adjusted(-kSpace1, -kSpace1, kSpace1, -1);
    p.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), kCardRadius, kCardRadius);
}

void OrderBoardView::tick()
{
    for (OrderColumnView* column : m_columns)
        column->tick();
}

void OrderBoardView::flash()
{
    for (OrderColumnView* column : m_columns)
        column->flash();
}

} // namespace naru::ui
