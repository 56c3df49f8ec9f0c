// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/reservations/OccupancyModel.h"

#include <QHash>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>

namespace naru::ui {

// Two lines a day: date and weekday, Sundays in the colour of danger, today underlined.
class DayHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit DayHeader(QWidget* parent);
    void setToday(const QDate& today);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* p, const QRect& rect, int section) const override;

private:
    QDate m_today;
};

// Two lines a row: the product and its start time or option.
class ProductHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit ProductHeader(QWidget* parent);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* p, const QRect& rect, int section) const override;
};

// The occupancy calendar as a table: numbers on a ground that deepens with the share taken. Arrows move the cell cursor,
// Enter opens a cell, a changed cell lights up once. UI thread; child of the monitor page.
class OccupancyView : public QTableView {
    Q_OBJECT
public:
    OccupancyView(models::OccupancyModel& model, const Clock& clock, QWidget* parent = nullptr);
    void setStale(bool stale); // greyed: old figures while new ones are on the way
    void setToday(const QDate& today);
    bool stale() const { return m_stale; }
    double flashOf(const QModelIndex& index) const; // 1…0 after a change
    models::OccupancyModel& occupancy() const { return m_model; }

Q_SIGNALS:
    void cellOpened(const QModelIndex& index);
    void closed(); // Escape
    void daysWanted(int shift);
    void cursorMoved(const QModelIndex& index);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void keepRowHeads();
    void flash(int row, int column);
    void tick();

    models::OccupancyModel& m_model;
    const Clock& m_clock;
    DayHeader* m_days;
    ProductHeader* m_products;
    QHash<QPersistentModelIndex, qint64> m_flashes; // steady ms of the change
    QTimer m_flashTimer;
    bool m_stale = false;
};

} // namespace naru::ui
