// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

#include <QVariant>
#include <map>

namespace naru::models {

enum class DraftField { TitleKo, TitleEn, Brand, Price, ListPrice, OnSale, Purchasable, Stock };

// What an edit is about. Prices belong to the variant here: a new price gives the offer a new identity.
struct DraftKey {
    DraftField field = DraftField::Brand;
    VariantId variant; // null for the product's own fields
    friend auto operator<=>(const DraftKey&, const DraftKey&) = default;
    friend bool operator==(const DraftKey&, const DraftKey&) = default;
};

enum class DraftProblem { None, NotANumber, Negative, BelowPrice, Empty, NothingToChange, BelowCommitted };

// One staged edit. Stock is a difference, so it never clashes: somebody else's sale moves the sum, not the intention.
struct DraftEdit {
    QVariant base; // what the field was when the edit began
    QVariant mine;
    std::optional<QVariant> theirs; // somebody else changed the field meanwhile
    DraftProblem problem = DraftProblem::None;
    QString typed; // with a problem: what was typed
    friend bool operator==(const DraftEdit&, const DraftEdit&) = default;
};

// The value of a field as the server has it; stock gives the sum on hand. Invalid when the product has no such field.
QVariant draftValue(const ProductDetail& product, const DraftKey& key);

// "42,900", "₩42,900", "+10%", "=-5%", "+500" of a base amount; nullopt when it cannot be read.
std::optional<std::int64_t> readAmount(const QString& typed, std::int64_t base);
// "50" sets, "+8" and "-3" change; the answer is the difference.
std::optional<std::int64_t> readStockDelta(const QString& typed, std::int64_t onHand);

// Everything a person changed in one product and did not commit. A plain value; UI thread.
class ProductDraft {
public:
    const std::map<DraftKey, DraftEdit>& edits() const { return m_edits; }
    const DraftEdit* find(const DraftKey& key) const;
    bool isEmpty() const { return m_edits.empty(); }
    int size() const { return static_cast<int>(m_edits.size()); }
    bool hasConflict() const;
    bool hasProblem() const;

    // Stages what was typed (text fields, amounts, stock) or chosen (flags). Back to the old value: no edit.
    void stage(const ProductDetail& product, const DraftKey& key, const QVariant& typed);
    void put(const DraftKey& key, const DraftEdit& edit) { m_edits[key] = edit; } // as it was kept; rebase() follows
    void drop(const DraftKey& key) { m_edits.erase(key); }
    void clear() { m_edits.clear(); }
    // The product was read again: edits nobody else touched follow silently, the others carry `theirs`.
    void rebase(const ProductDetail& product);
    void keepMine(const DraftKey& key);
    void keepBase(const DraftKey& key); // what it was before both of us
    void takeTheirs(const DraftKey& key) { m_edits.erase(key); }

private:
    static DraftEdit read(const ProductDetail& product, const DraftKey& key, const QVariant& typed, const QVariant& base);
    void checkListPrices(const ProductDetail& product);
    std::map<DraftKey, DraftEdit> m_edits;
};

} // namespace naru::models
