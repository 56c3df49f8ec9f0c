// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "models/common/KeyedTableModel.h"

#include <functional>

namespace naru::models {

// A product in the list: the server's summary, and this window's marks.
struct ProductRow {
    ProductSummary summary;
    int staged = 0; // edits not committed
    bool unseen = false; // changed by others since it was last looked at
    Millis changedAt{}; // steady clock; the flash runs from here
    friend bool operator==(const ProductRow&, const ProductRow&) = default;
};

struct ProductRowTraits {
    using Key = ProductId;
    static Key key(const ProductRow& r) { return r.summary.id; }
};

// The products list in the order the server gave. UI thread; owned by ProductsController.
class ProductListModel : public KeyedTableModel<ProductRow, ProductRowTraits> {
    Q_OBJECT
public:
    enum Column { Code, Title, Kind, Status, VendorName, Price, Stock, OnSale, Updated, ColumnCount };
    using Words = std::function<QString(const ProductRow& row, int column)>;
    using HeaderWords = std::function<QString(int column)>;

    using KeyedTableModel::KeyedTableModel;
    void setWords(Words words, HeaderWords headers);
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    std::int64_t widestStock() const; // scale of the thin bars
    // What a stock figure did since the row was read.
    void shiftStock(ProductId id, std::int64_t onHand, std::int64_t allocated, std::int64_t held);
    void markSeen(ProductId id);
    void setStaged(ProductId id, int edits);
    void wordsChanged();

private:
    Words m_words;
    HeaderWords m_headers;
};

} // namespace naru::models
