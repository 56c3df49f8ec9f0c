// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Home.h"

#include <QAbstractListModel>
#include <functional>

namespace naru::models {

// What waits for a person, most urgent first, in the server's order. UI thread; owned by the home controller.
class AttentionModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TitleRole = Qt::UserRole + 1, DetailRole, EntityTypeRole, EntityIdRole };
    using Describe = std::function<QString(const Attention&)>;
    using QAbstractListModel::QAbstractListModel;

    void setDescriber(Describe describe);
    void describeAgain();
    void setItems(std::vector<Attention> items); // by diff: what stays keeps its selection
    const Attention& at(int row) const { return m_items[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Attention> m_items;
    Describe m_describe;
};

} // namespace naru::models
