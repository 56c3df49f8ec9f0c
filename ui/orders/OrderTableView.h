// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/orders/OrderListModel.h"

#include <QTableView>
#include <QTimer>

namespace naru::ui {

// The same orders as rows. Fixed widths, painted cells; the head sorts on the server. UI thread; owned by OrderBoardPage.
class OrderTableView : public QTableView {
    Q_OBJECT
public:
    OrderTableView(models::OrderListModel& model, const Clock& clock, QWidget* parent = nullptr);
    std::vector<VendorOrderId> picked() const;
    VendorOrderId currentId() const;
    bool setCurrentId(VendorOrderId id);
    void setVendorShown(bool shown) { setColumnHidden(models::OrderListModel::VendorName, !shown); }
    void tick();
    void flash();
    void retranslate();

Q_SIGNALS:
    void endNear();
    void chosen(naru::VendorOrderId id);
    void sortWanted(naru::models::OrderSort sort);

protected:
    void keyPressEvent(QKeyEvent*) override;
    void resizeEvent(QResizeEvent*) override;

private:
    void fitTitle();
    void sectionClicked(int section);
    models::OrderListModel& m_model;
    QTimer m_flashEnd;
};

} // namespace naru::ui
