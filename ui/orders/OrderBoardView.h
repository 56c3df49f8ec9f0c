// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orders/OrderBoardController.h"
#include "ui/orders/OrderColumnView.h"

#include <QLabel>

namespace naru::ui {

class TextLabel;

// The five columns with their heads and counts. Cards are dragged between columns inside this widget, without a system drag,
// so that nothing else of the window stops meanwhile. UI thread; owned by OrderBoardPage.
class OrderBoardView : public QWidget {
    Q_OBJECT
public:
    OrderBoardView(OrderBoardController& controller, const Clock& clock, QWidget* parent = nullptr);

    OrderColumnView& column(int at) { return *m_columns[static_cast<std::size_t>(at)]; }
    OrderColumnView* focusedColumn() const; // the one with the focus, else the one with the chosen card
    std::vector<VendorOrderId> picked() const;
    bool showCard(VendorOrderId id);
    void moveFocus(int step); // to the column at the left or right, same height
    void focusFirst(); // the column last used, else the first with cards
    void setVendorShown(bool shown);
    void setNarrow(bool narrow);
    void tick();
    void flash();
    void retranslate();

Q_SIGNALS:
    void chosen(naru::VendorOrderId id);
    void dropped(const std::vector<naru::VendorOrderId>& ids, int column);

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose(int column);
    void dragTo(int from, const QPoint& global, const QPixmap& card);
    void drop(int from, const QPoint& global, bool dropped);
    int columnAt(const QPoint& local) const;
    void showCounts();
    void fitTitles();

    OrderBoardController& m_controller;
    std::array<OrderColumnView*, OrderBoardController::kColumns> m_columns{};
    std::array<TextLabel*, OrderBoardController::kColumns> m_titles{};
    std::array<TextLabel*, OrderBoardController::kColumns> m_counts{};
    QLabel* m_dragged; // the card under the pointer
    int m_target = -1; // column that would take it
    int m_current = -1;
    bool m_choosing = false;
};

} // namespace naru::ui
