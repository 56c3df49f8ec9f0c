// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/SlotRules.h"

#include <QDate>
#include <QHash>
#include <QWidget>

namespace naru::ui {

// What a rule would do in the coming weeks, a row a week: days with a sign and a colour for what becomes of the slot, and the time
// where the clock of the zone jumps. UI thread; child of the rules' page.
class OccurrenceCalendar : public QWidget {
    Q_OBJECT
public:
    explicit OccurrenceCalendar(const Clock& clock, QWidget* parent = nullptr);
    void setPreview(const RulePreview& preview);
    void clear();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;

private:
    struct Day {
        OccurrenceState state = OccurrenceState::Make;
        int count = 0;
        bool clockJumps = false;
        QString times;
    };
    QDate dateAt(const QPoint& at) const;
    QRectF boxOf(int week, int day) const;
    void paintDay(QPainter& p, const QRectF& box, const QDate& date) const;

    const Clock& m_clock;
    QDate m_first; // a Monday
    int m_weeks = 9;
    QHash<QDate, Day> m_days;
};

} // namespace naru::ui
