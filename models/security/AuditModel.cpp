// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/security/AuditModel.h"

namespace naru::models {
void AuditModel::setWords(Words words, HeaderWords headers)
{
    m_words = std::move(words);
    m_headers = std::move(headers);
}

void AuditModel::wordsChanged()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int AuditModel::prepend(std::vector<AuditLine> newer)
{
    const std::int64_t newest = rowCount() > 0 ? row(0).seq : 0;
    std::erase_if(newer, [newest](const AuditLine& l) { return l.seq <= newest; });
    const auto count = static_cast<int>(newer.size());
    insertFront(std::move(newer));
    return count;
}

QVariant AuditModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_words)
        return {};
    switch (role) {
    case Qt::DisplayRole: return m_words(row(index.row()), index.column());
    case Qt::AccessibleTextRole: return m_words(row(index.row()), index.column() == 0 ? -1 : index.column());
    default: return {};
    }
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole && m_headers)
        return m_headers(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace naru::models
