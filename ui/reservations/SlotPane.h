// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/reservations/OccupancyModel.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

QString cellSentence(const OccupancyRow& row, const OccupancyCell& cell, const QString& hour); // for tooltips and screen readers
QString slotName(const OccupancyRow& row, const OccupancyCell& cell); // "선셋 요트 90분 · 17:30 · 11/27 (금)"

// The slot under the cell cursor, opened with Enter below the calendar: its figures and what can be done with it. A cell of several
// slots lets one choose among them. Child of the monitor page.
class SlotPane : public QWidget {
    Q_OBJECT
public:
    using Place = models::OccupancyModel::SlotPlace;
    explicit SlotPane(QWidget* parent = nullptr);
    void setSlots(const std::vector<Place>& places); // at least one; the chosen one stays chosen
    void setWritable(bool writable, const QString& why);
    ItemId item() const { return m_item; }
    ProductId product() const { return m_productId; }
    QString name() const { return m_name; }
    void choose(ItemId item);
    void retranslate();

Q_SIGNALS:
    void chosen(); // another slot of the cell
    void productWanted();
    void rulesWanted();
    void bookingsWanted();
    void waitingWanted();
    void capacityWanted();
    void ledgerWanted();
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show(const Place& place);

    TextLabel* m_title;
    ChipLabel* m_state;
    TextLabel* m_figures;
    Segments* m_choice;
    KeyButton* m_capacity;
    KeyButton* m_waiting;
    KeyButton* m_bookings;
    KeyButton* m_ledger;
    KeyButton* m_rules;
    KeyButton* m_product;
    KeyButton* m_close;
    std::vector<ItemId> m_items;
    ItemId m_item;
    ProductId m_productId;
    QString m_name;
};

} // namespace naru::ui
