// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "models/common/KeyedTableModel.h"

#include <functional>

namespace naru::models {

struct AuditTraits {
    using Key = std::int64_t;
    static Key key(const AuditLine& l) { return l.seq; }
};

// Lines of the audit log, newest first, as far as they have been read. Words come from outside, as models know no language. UI thread; owned
// by the controller of the log.
class AuditModel : public KeyedTableModel<AuditLine, AuditTraits> {
    Q_OBJECT
public:
    enum Column { Time, Actor, RoleName, Vendor, Action, Entity, Change, ColumnCount };
    using Words = std::function<QString(const AuditLine& line, int column)>; // column −1: the whole line in one sentence
    using HeaderWords = std::function<QString(int column)>;
    using KeyedTableModel::KeyedTableModel;

    void setWords(Words words, HeaderWords headers);
    void wordsChanged(); // language switched
    // Newer lines, newest first: those known already are left out. The number of lines that came.
    int prepend(std::vector<AuditLine> newer);

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Words m_words;
    HeaderWords m_headers;
};

} // namespace naru::models
