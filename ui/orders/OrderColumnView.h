// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/orders/OrderListModel.h"
#include "ui/orders/OrderCardDelegate.h"

#include <QListView>
#include <QTimer>

namespace naru::ui {

// One column of the board: a list of cards that keeps its place while rows come and go above, lets cards be dragged out,
// and repaints only the rings when a second passes. UI thread; owned by OrderBoardView.
class OrderColumnView : public QListView {
    Q_OBJECT
public:
    OrderColumnView(models::OrderListModel& model, const Clock& clock, OrderCardDelegate::Kind kind, QWidget* parent = nullptr);

    OrderCardDelegate& cards() { return *m_delegate; }
    models::OrderListModel& orders() const { return m_model; }
    void setEmptyText(const QString& text);
    std::vector<VendorOrderId> picked() const; // selected, top to bottom
    VendorOrderId currentId() const;
    bool setCurrentId(VendorOrderId id);
    void togglePicked(); // X
    void tick(); // repaints the rings in sight
    void flash(); // repaints now and when the tint is over
    void doItemsLayout() override;

Q_SIGNALS:
    void endNear(); // time for the next page
    void dragMoved(const QPoint& global, const QPixmap& card); // the first call starts a drag
    void dragFinished(const QPoint& global, bool dropped);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusOutEvent(QFocusEvent*) override;

private:
    void rememberPlace();
    void rowsMoved();
    void checkEnd();
    void endDrag(const QPoint& global, bool dropped);

    models::OrderListModel& m_model;
    OrderCardDelegate* m_delegate;
    QString m_emptyText;
    QTimer m_flashEnd;
    QPersistentModelIndex m_anchor;
    int m_anchorY = 0;
    QPoint m_pressedAt;
    QPersistentModelIndex m_pressed;
    QPixmap m_dragged;
    bool m_dragging = false;
    bool m_pressHeld = false; // press on one of several picked cards: acts on release, so that all can be dragged
};

} // namespace naru::ui
