// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/products/VariantTableModel.h"

#include <QTableView>

namespace naru::ui {

// The options of one product with stock and prices, edited in place: type a figure over a cell, Space or Enter turns a flag.
// UI thread; owned by ProductDetailPane.
class VariantGrid : public QTableView {
    Q_OBJECT
public:
    explicit VariantGrid(models::VariantTableModel& model, QWidget* parent = nullptr);
    void retranslate();
    void focusFirstEditable(); // E

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    bool toggle(const QModelIndex& index);
    models::VariantTableModel& m_model;
};

} // namespace naru::ui
