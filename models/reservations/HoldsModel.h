// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <QAbstractListModel>
#include <functional>
#include <map>
#include <unordered_map>

namespace naru::models {

// Open holds, the one that ends first on top; of many only those that end soonest are rows, the others wait their turn. Knows
// nothing of the time: views ask the clock. UI thread; owned by the monitor's controller.
class HoldsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TitleRole = Qt::UserRole + 1, QtyRole, ExpiresRole };
    using Describe = std::function<QString(const Hold&)>;
    static constexpr int kShown = 300;
    using QAbstractListModel::QAbstractListModel;

    void setDescriber(Describe describe);
    void describeAgain();
    void setHolds(std::vector<Hold> holds); // the whole list as read
    void apply(const std::vector<Hold>& changes);

    const Hold& at(int row) const { return m_shown[static_cast<std::size_t>(row)]; }
    const Hold* find(HoldId id) const; // also of those that wait their turn
    int rowOf(HoldId id) const; // −1 when it is not a row
    int count() const { return static_cast<int>(m_all.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    using Key = std::pair<Instant, HoldId>; // by end, then id
    static Key keyOf(const Hold& hold) { return {hold.expiresAt, hold.id}; }
    bool outdated(const Hold& hold) const;
    void file(const Hold& hold);
    void drop(HoldId id);
    void sync();

    std::map<Key, Hold> m_all;
    std::unordered_map<HoldId, Instant> m_endOf; // finds the key
    std::vector<Hold> m_shown; // the first of them
    std::unordered_map<HoldId, std::int64_t> m_gone; // closed lately: a list read earlier must not bring them back
    Describe m_describe;
};

} // namespace naru::models
