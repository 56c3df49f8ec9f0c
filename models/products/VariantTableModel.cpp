// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/products/VariantTableModel.h"

namespace naru::models {

namespace {

std::optional<DraftEdit> staged(const ProductDraft& draft, DraftField field, VariantId variant)
{
    const DraftEdit* edit = draft.find({field, variant});
    return edit ? std::optional<DraftEdit>(*edit) : std::nullopt;
}

bool isRight(int column)
{
    return column == VariantTableModel::Stock || (column >= VariantTableModel::Allocated && column <= VariantTableModel::ListPrice);
}

} // namespace

void VariantTableModel::setWords(Words words, HeaderWords headers)
{
    m_words = std::move(words);
    m_headers = std::move(headers);
}

void VariantTableModel::show(const ProductDetail& product, const ProductDraft& draft)
{
    std::vector<VariantRow> wanted;
    wanted.reserve(product.variants.size());
    std::int64_t widest = 1;
    for (const Variant& variant : product.variants) {
        VariantRow r;
        r.variant = variant;
        r.currency = product.summary.currency;
        for (const StockLevel& level : variant.stock) {
            r.onHand += level.onHand + level.overbook;
            r.allocated += level.allocated;
            r.held += level.held;
            r.safety += level.safety;
        }
        widest = std::max(widest, r.onHand);
        r.price = staged(draft, DraftField::Price, variant.id);
        r.listPrice = staged(draft, DraftField::ListPrice, variant.id);
        r.onSale = staged(draft, DraftField::OnSale, variant.id);
        r.purchasable = staged(draft, DraftField::Purchasable, variant.id);
        r.stock = staged(draft, DraftField::Stock, variant.id);
        wanted.push_back(std::move(r));
    }
    for (VariantRow& r : wanted)
        r.scale = widest;
    assign(std::move(wanted));
}

std::optional<DraftField> VariantTableModel::fieldOf(int column)
{
    switch (column) {
    case Stock: return DraftField::Stock;
    case Price: return DraftField::Price;
    case ListPrice: return DraftField::ListPrice;
    case Sellable: return DraftField::Purchasable;
    case Sale: return DraftField::OnSale;
    default: return std::nullopt;
    }
}

const DraftEdit* VariantTableModel::editAt(const QModelIndex& index) const
{
    const VariantRow& r = row(index.row());
    const std::optional<DraftEdit>* edit = nullptr;
    switch (index.column()) {
    case Stock: edit = &r.stock; break;
    case Price: edit = &r.price; break;
    case ListPrice: edit = &r.listPrice; break;
    case Sellable: edit = &r.purchasable; break;
    case Sale: edit = &r.onSale; break;
    default: return nullptr;
    }
    return edit->has_value() ? &**edit : nullptr;
}

QVariant VariantTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const VariantRow& r = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return m_words ? m_words(r, index.column()) : r.variant.sku;
    case Qt::EditRole: {
        const DraftEdit* edit = editAt(index);
        if (edit && edit->problem != DraftProblem::None)
            return edit->typed;
        const auto& offer = r.variant.offer;
        switch (index.column()) {
        case Stock: return QString::number(r.onHand + (edit ? edit->mine.toLongLong() : 0));
        case Price: return edit ? edit->mine.toString() : offer ? QString::number(offer->price.minor) : QString();
        case ListPrice: return edit ? edit->mine.toString() : offer && offer->listPriceMinor ? QString::number(*offer->listPriceMinor) : QString();
        case Sellable: return edit ? edit->mine.toBool() : offer && offer->purchasable;
        case Sale: return edit ? edit->mine.toBool() : offer && offer->onSale;
        default: return {};
        }
    }
    case Qt::TextAlignmentRole: return isRight(index.column()) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default: return {};
    }
}

bool VariantTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const auto field = fieldOf(index.column());
    if (role != Qt::EditRole || !field || !m_stage || !(flags(index) & Qt::ItemIsEditable))
        return false;
    m_stage({*field, row(index.row()).variant.id}, value); // comes back through show()
    return true;
}

QVariant VariantTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole && m_headers)
        return m_headers(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((isRight(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags VariantTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    const auto field = fieldOf(index.column());
    const Variant& variant = row(index.row()).variant;
    if (m_editable && field && (*field == DraftField::Stock ? !variant.stock.empty() : variant.offer.has_value()))
        flags |= Qt::ItemIsEditable;
    return flags;
}

void VariantTableModel::wordsChanged()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace naru::models
