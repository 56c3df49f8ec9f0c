// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <QWidget>
#include <optional>

namespace naru::ui {

// The two sessions of a conflict on one axis of time: when each began, what was done in it, its last activity, its end, and the moment of the
// take-over. A session that began long before is cut at the left and says since when. UI thread; child of the card that shows it.
class ConflictTimeline : public QWidget {
    Q_OBJECT
public:
    explicit ConflictTimeline(QWidget* parent = nullptr);
    void setDetail(const ConflictDetail& detail, Instant now);
    void clear();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {280, sizeHint().height()}; }
    // What the axis covers.
    Instant from() const { return m_from; }
    Instant to() const { return m_to; }

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* event) override;

private:
    double place(Instant t) const; // px from the left
    void paintSide(QPainter& p, const ConflictSide& side, int y, bool isNew) const;
    void paintAxis(QPainter& p) const;
    void describe();
    std::optional<ConflictDetail> m_detail;
    Instant m_from{}, m_to{}, m_now{};
};

} // namespace naru::ui
