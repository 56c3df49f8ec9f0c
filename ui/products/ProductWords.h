// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/products/ProductListModel.h"
#include "models/products/VariantTableModel.h"

#include <QCoreApplication>

namespace naru::ui {

// The words of products: columns, cells, moves, edits. UI thread.
class ProductWords {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::ProductWords)
public:
    static QString header(int column);
    static QString cell(const models::ProductRow& row, int column);
    static QString priceRange(const ProductSummary& product);
    static QString priceFrom(const ProductSummary& product); // where the range has no room
    static QString figure(std::int64_t value); // "1,284"
    static QString variantHeader(int column);
    static QString variantCell(const models::VariantRow& row, int column); // with what is staged
    static QString verb(ProductStatus from, ProductStatus to);
    static bool needsReason(ProductStatus to);
    static QString field(models::DraftField field);
    static QString value(models::DraftField field, const QVariant& value, const QString& currency);
    static QString problem(models::DraftProblem problem);
};

} // namespace naru::ui
