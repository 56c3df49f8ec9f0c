// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/products/ProductsController.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;

namespace naru::ui {

class Card;
class ChipLabel;
class InlineSheet;
class LifecycleTimeline;
class StatePane;
class TextLabel;
class VariantGrid;

// The chosen product: head with its moves, names, the grid of options, the life-cycle line. Shown beside the list or, opened
// with Enter, alone. UI thread; owned by ProductsPage.
class ProductDetailPane : public QWidget {
    Q_OBJECT
public:
    explicit ProductDetailPane(ProductsController& controller, QWidget* parent = nullptr);
    VariantGrid& grid() { return *m_grid; }
    void setEditable(bool editable); // by the role
    void startEditing();
    void setWide(bool wide); // alone in the page
    void retranslate();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct TextField {
        models::DraftField field;
        TextLabel* label = nullptr;
        QLineEdit* edit = nullptr;
    };
    QWidget* buildHead();
    QWidget* buildTexts();
    void refresh();
    void showTexts();
    void showActions();
    void placeActions();
    void wantMove(ProductStatus to);

    ProductsController& m_controller;
    StatePane* m_state;
    QWidget* m_icon;
    TextLabel* m_title;
    TextLabel* m_code;
    ChipLabel* m_status;
    ChipLabel* m_kind;
    ChipLabel* m_options;
    QHBoxLayout* m_headRow;
    QWidget* m_actions;
    QHBoxLayout* m_belowHead;
    InlineSheet* m_sheet;
    TextField m_texts[3];
    VariantGrid* m_grid;
    Card* m_gridCard;
    Card* m_lifeCard;
    LifecycleTimeline* m_life;
    std::vector<ProductStatus> m_shownMoves;
    ProductStatus m_shownStatus = ProductStatus::Draft;
    bool m_shownMoving = false;
    ProductId m_shownFor;
    ProductStatus m_asked = ProductStatus::Archived;
    bool m_editable = true;
};

} // namespace naru::ui
