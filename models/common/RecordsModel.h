// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/KeyedTableModel.h"

#include <QString>
#include <functional>

namespace naru::models {

// A list of plain records for a view that draws them itself; screen readers get the sentence that the interface makes.
// UI thread; owned by the pane or controller that reads the records.
template <class Row, class Traits> class RecordsModel : public KeyedTableModel<Row, Traits> {
public:
    using Describe = std::function<QString(const Row&)>;
    using KeyedTableModel<Row, Traits>::KeyedTableModel;

    void setDescriber(Describe describe) { m_describe = std::move(describe); }
    void describeAgain() // the language changed
    {
        if (this->rowCount() > 0)
            Q_EMIT this->dataChanged(this->index(0, 0), this->index(this->rowCount() - 1, 0), {Qt::DisplayRole, Qt::AccessibleTextRole});
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!this->checkIndex(index, QAbstractItemModel::CheckIndexOption::IndexIsValid))
            return {};
        if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
            return {};
        return m_describe ? m_describe(this->row(index.row())) : QString();
    }

private:
    Describe m_describe;
};

} // namespace naru::models
