// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderColumnView.h"

#include "ui/orders/OrderChoice.h"
#include "ui/theme/Paint.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace naru::ui {

OrderColumnView::OrderColumnView(models::OrderListModel& model, const Clock& clock, OrderCardDelegate::Kind kind, QWidget* parent)
    : QListView(parent), m_model(model), m_delegate(new OrderCardDelegate(clock, kind, this))
{
    // Before the view's own connections: it forgets where its items stand as soon as it hears of a change.
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this, &OrderColumnView::rememberPlace);
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &OrderColumnView::rememberPlace);
    connect(&model, &QAbstractItemModel::rowsAboutToBeMoved, this, &OrderColumnView::rememberPlace);
    setModel(&model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAttribute(Qt::WA_InputMethodEnabled, false); // letters are commands here

    m_flashEnd.setSingleShot(true);
    m_flashEnd.setInterval(kFlash + Millis(30));
    connect(&m_flashEnd, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &OrderColumnView::checkEnd);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &OrderColumnView::checkEnd);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &OrderColumnView::rowsMoved);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &OrderColumnView::rowsMoved);
    connect(&model, &QAbstractItemModel::rowsMoved, this, &OrderColumnView::rowsMoved);
    connect(&Theme::of(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void OrderColumnView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

std::vector<VendorOrderId> OrderColumnView::picked() const { return pickedOrders(*this, m_model); }

VendorOrderId OrderColumnView::currentId() const { return currentOrder(*this, m_model); }

bool OrderColumnView::setCurrentId(VendorOrderId id) { return setCurrentOrder(*this, m_model, id); }

void OrderColumnView::togglePicked()
{
    if (currentIndex().isValid())
        selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle);
}

void OrderColumnView::tick()
{
    const QRect seen = viewport()->rect();
    for (QModelIndex index = indexAt({kSpace4, 0}); index.isValid(); index = index.siblingAtRow(index.row() + 1)) {
        const QRect item = visualRect(index);
        if (!item.intersects(seen))
            break;
        if (models::dueOf(m_model.row(index.row()).card))
            viewport()->update(OrderCardDelegate::ringRect(item));
    }
}

void OrderColumnView::flash()
{
    viewport()->update();
    m_flashEnd.start();
}

// Rows above must not push what is being read: the row at the top edge keeps its distance to it. Of a burst of changes the
// first one tells where it stood; it is put back once, when the list is laid out.
void OrderColumnView::rememberPlace()
{
    if (m_anchor.isValid())
        return;
    const QModelIndex current = currentIndex();
    const QModelIndex kept = current.isValid() && visualRect(current).intersects(viewport()->rect()) ? current : indexAt({kSpace4, kSpace1});
    m_anchor = kept;
    m_anchorY = kept.isValid() ? visualRect(kept).top() : 0;
}

void OrderColumnView::doItemsLayout()
{
    QListView::doItemsLayout();
    const QPersistentModelIndex anchor = std::exchange(m_anchor, {});
    // At the very top with nothing chosen new rows simply push the others down.
    if (!anchor.isValid() || (verticalScrollBar()->value() == 0 && !hasFocus()))
        return;
    if (const int shift = visualRect(anchor).top() - m_anchorY; shift != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + shift);
}

void OrderColumnView::rowsMoved()
{
    // The chosen card left (accepted, say): the one that took its place is chosen, ready for the next key.
    if (hasFocus() && currentIndex().isValid() && !selectionModel()->hasSelection())
        selectionModel()->select(currentIndex(), QItemSelectionModel::Select);
    viewport()->update();
}

void OrderColumnView::checkEnd()
{
    if (verticalScrollBar()->maximum() - verticalScrollBar()->value() < 3 * viewport()->height())
        Q_EMIT endNear();
}

void OrderColumnView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model.rowCount() > 0 || m_emptyText.isEmpty())
        return;
    QPainter p(viewport());
    const Theme& theme = Theme::of();
    const QRect box = viewport()->rect().adjusted(0, 0, -1, 0);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(theme.tokens().border, 1, Qt::DashLine));
    p.drawRoundedRect(QRectF(box.left() + 0.5, box.top() + 0.5, box.width() - 1, 79), kCardRadius, kCardRadius);
    p.setFont(theme.font(TextSize::Meta));
    p.setPen(theme.tokens().textFaint);
    p.drawText(QRect(box.left() + kSpace3, box.top(), box.width() - 2 * kSpace3, 80), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void OrderColumnView::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = event->position().toPoint();
    m_pressed = event->button() == Qt::LeftButton ? indexAt(m_pressedAt) : QModelIndex();
    m_pressHeld = m_pressed.isValid() && event->modifiers() == Qt::NoModifier && selectionModel()->isSelected(m_pressed)
        && selectionModel()->selectedRows().size() > 1;
    if (m_pressHeld)
        setFocus(Qt::MouseFocusReason);
    else
        QListView::mousePressEvent(event);
}

void OrderColumnView::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_pressed.isValid()) {
        QListView::mouseMoveEvent(event);
        return;
    }
    if (!m_dragging) {
        if ((event->position().toPoint() - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
            return;
        m_dragging = true;
        m_dragged = viewport()->grab(visualRect(m_pressed).adjusted(0, 0, 0, -kSpace2));
        setCursor(Qt::ClosedHandCursor);
    }
    Q_EMIT dragMoved(event->globalPosition().toPoint(), m_dragged);
}

void OrderColumnView::endDrag(const QPoint& global, bool dropped)
{
    m_dragging = false;
    m_pressed = QModelIndex();
    m_dragged = {};
    unsetCursor();
    Q_EMIT dragFinished(global, dropped);
}

void OrderColumnView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragging) {
        endDrag(event->globalPosition().toPoint(), true);
        setState(NoState);
        return;
    }
    if (std::exchange(m_pressHeld, false) && m_pressed.isValid())
        setCurrentIndex(m_pressed);
    m_pressed = QModelIndex();
    QListView::mouseReleaseEvent(event);
}

void OrderColumnView::keyPressEvent(QKeyEvent* event)
{
    if (m_dragging && event->key() == Qt::Key_Escape) {
        endDrag({}, false);
        return;
    }
    // Letters belong to the page; the list's own search by typing would swallow them.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void OrderColumnView::focusOutEvent(QFocusEvent* event)
{
    if (m_dragging && event->reason() == Qt::ActiveWindowFocusReason)
        endDrag({}, false);
    QListView::focusOutEvent(event);
}

} // namespace naru::ui
