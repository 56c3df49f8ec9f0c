// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Home.h"
#include "ui/frame/Page.h"

#include <QAbstractListModel>

namespace naru::ui {

// Rows of the palette: the commands that fit the typed text, best first, then the records found. UI thread.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole, KeyRole, IconRole, EnabledRole };
    struct Row {
        int command = -1; // index of the commands, or
        int hit = -1; // index of the records
    };

    using QAbstractListModel::QAbstractListModel;
    void setCommands(std::vector<Command> commands);
    void setText(const QString& text, bool recordsOnly);
    void setHits(std::vector<SearchHit> hits);
    const Row& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    const Command& command(int index) const { return m_commands[static_cast<std::size_t>(index)]; }
    const SearchHit& hit(int index) const { return m_hits[static_cast<std::size_t>(index)]; }
    int hitCount() const { return static_cast<int>(m_hits.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void rebuild();
    std::vector<Command> m_commands;
    std::vector<SearchHit> m_hits;
    std::vector<Row> m_rows;
    QString m_text;
    bool m_recordsOnly = false;
};

} // namespace naru::ui
