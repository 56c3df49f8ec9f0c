// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/products/ProductListModel.h"

namespace naru::models {

void ProductListModel::setWords(Words words, HeaderWords headers)
{
    m_words = std::move(words);
    m_headers = std::move(headers);
}

QVariant ProductListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ProductRow& r = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return m_words ? m_words(r, index.column()) : r.summary.code;
    case Qt::TextAlignmentRole: return index.column() == Price ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default: return {};
    }
}

QVariant ProductListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole && m_headers)
        return m_headers(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Price ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags ProductListModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

std::int64_t ProductListModel::widestStock() const
{
    std::int64_t widest = 1;
    for (const ProductRow& r : rows())
        widest = std::max(widest, r.summary.onHand);
    return widest;
}

void ProductListModel::shiftStock(ProductId id, std::int64_t onHand, std::int64_t allocated, std::int64_t held)
{
    const int at = rowOf(id);
    if (at < 0)
        return;
    ProductRow r = row(at);
    r.summary.onHand = std::max<std::int64_t>(0, r.summary.onHand + onHand);
    r.summary.allocated = std::max<std::int64_t>(0, r.summary.allocated + allocated);
    r.summary.held = std::max<std::int64_t>(0, r.summary.held + held);
    replace(at, std::move(r));
}

void ProductListModel::markSeen(ProductId id)
{
    const int at = rowOf(id);
    if (at < 0 || !row(at).unseen)
        return;
    ProductRow r = row(at);
    r.unseen = false;
    replace(at, std::move(r));
}

void ProductListModel::setStaged(ProductId id, int edits)
{
    const int at = rowOf(id);
    if (at < 0)
        return;
    ProductRow r = row(at);
    r.staged = edits;
    replace(at, std::move(r));
}

void ProductListModel::wordsChanged()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace naru::models
