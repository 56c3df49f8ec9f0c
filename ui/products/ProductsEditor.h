// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/products/ProductsController.h"
#include "ui/workspace/Editor.h"

#include <QPointer>

class QLineEdit;

namespace naru::ui {

class VariantGrid;

// The staged edits of products as drafts, one for each product, with the cell that is being typed into and the reason for stock. UI thread;
// child of the products' page.
class ProductsEditor : public Editor {
    Q_OBJECT
public:
    ProductsEditor(ProductsController& controller, VariantGrid& grid, QLineEdit& reason, QWidget* page);

    QString place() const override;
    std::vector<backend::Draft> drafts() const override;
    void restore(const backend::Draft& kept) override;
    bool isWaiting() const override { return !m_waiting.empty(); }
    void discard() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::optional<std::pair<models::DraftKey, QString>> typing() const; // in the open cell
    void ask(const backend::Draft& kept);

    ProductsController& m_controller;
    VariantGrid& m_grid;
    QLineEdit& m_reason;
    QPointer<QLineEdit> m_cell;
    std::map<ProductId, backend::Draft> m_waiting; // until their products are read
};

} // namespace naru::ui
