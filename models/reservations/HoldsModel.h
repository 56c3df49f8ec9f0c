// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <QAbstractListModel>
#include <functional>
#include <unordered_map>

namespace naru::models {

// Open holds, the one that ends first on top. Knows nothing of the time: views ask the clock. UI thread; owned by the
// monitor's controller.
class HoldsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TitleRole = Qt::UserRole + 1, QtyRole, ExpiresRole };
    using Describe = std::function<QString(const Hold&)>;
    using QAbstractListModel::QAbstractListModel;

    void setDescriber(Describe describe);
    void describeAgain();
    void setHolds(std::vector<Hold> holds); // the whole list as read
    void apply(const std::vector<Hold>& changes);

    const Hold& at(int row) const { return m_holds[static_cast<std::size_t>(row)]; }
    const Hold* find(HoldId id) const;
    int rowOf(HoldId id) const; // −1 when it is not open

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    static bool before(const Hold& a, const Hold& b);
    bool outdated(const Hold& hold) const;
    void remove(int row);
    void insert(const Hold& hold);
    void replace(int row, const Hold& hold);

    std::vector<Hold> m_holds; // by end, then id
    std::unordered_map<HoldId, Instant> m_endOf; // finds the row by binary search
    std::unordered_map<HoldId, std::int64_t> m_gone; // closed lately: a list read earlier must not bring them back
    Describe m_describe;
};

} // namespace naru::models
