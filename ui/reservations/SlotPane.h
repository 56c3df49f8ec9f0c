// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

QString cellSentence(const OccupancyRow& row, const OccupancyCell& cell); // for tooltips and screen readers

// The slot under the cell cursor, opened with Enter below the calendar: its figures and the way to the product. Child of the
// monitor page.
class SlotPane : public QWidget {
    Q_OBJECT
public:
    explicit SlotPane(QWidget* parent = nullptr);
    void setSlot(const OccupancyRow& row, const OccupancyCell& cell);
    void retranslate();

Q_SIGNALS:
    void productWanted(const QString& productId);
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_title;
    ChipLabel* m_state;
    TextLabel* m_figures;
    KeyButton* m_product;
    KeyButton* m_close;
    QString m_productId;
};

} // namespace naru::ui
