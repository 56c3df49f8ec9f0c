// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/KeyedTableModel.h"
#include "models/products/ProductDraft.h"

#include <array>
#include <functional>

namespace naru::models {

// A variant with its stock added up and the edits staged over it.
struct VariantRow {
    Variant variant;
    QString currency;
    std::int64_t onHand = 0, allocated = 0, held = 0, safety = 0;
    std::int64_t scale = 1; // widest bar of the product
    bool changed = false; // stock moved by others since the last look
    std::optional<DraftEdit> price, listPrice, onSale, purchasable, stock;
    friend bool operator==(const VariantRow&, const VariantRow&) = default;

    std::int64_t available() const { return onHand - safety - allocated - held; }
};

struct VariantRowTraits {
    using Key = VariantId;
    static Key key(const VariantRow& r) { return r.variant.id; }
};

// The grid of one product's options: what the server says, under what is staged. UI thread; owned by ProductsController.
class VariantTableModel : public KeyedTableModel<VariantRow, VariantRowTraits> {
    Q_OBJECT
public:
    enum Column { Option, Sku, Stock, Bar, Allocated, Held, Safety, Price, ListPrice, Sellable, Sale, ColumnCount };
    using Words = std::function<QString(const VariantRow& row, int column)>;
    using HeaderWords = std::function<QString(int column)>;
    using Stage = std::function<void(const DraftKey& key, const QVariant& typed)>;

    using KeyedTableModel::KeyedTableModel;
    void setWords(Words words, HeaderWords headers);
    void setStage(Stage stage) { m_stage = std::move(stage); }
    void show(const ProductDetail& product, const ProductDraft& draft);
    void setEditable(bool editable) { m_editable = editable; }

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    static std::optional<DraftField> fieldOf(int column);
    const DraftEdit* editAt(const QModelIndex& index) const; // staged there, or null
    void wordsChanged();

private:
    Words m_words;
    HeaderWords m_headers;
    Stage m_stage;
    bool m_editable = true;
};

} // namespace naru::models
