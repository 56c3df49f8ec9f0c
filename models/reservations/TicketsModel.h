// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <QAbstractListModel>
#include <functional>

namespace naru::models {

// The latest requests, newest on top. While paused (a person reads or points at the list) new ones wait aside and only rows
// already there change. UI thread; owned by the monitor's controller.
class TicketsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { CodeRole = Qt::UserRole + 1, TitleRole, StatusRole };
    using Describe = std::function<QString(const Ticket&)>;
    static constexpr int kKeep = 200;

    using QAbstractListModel::QAbstractListModel;

    void setDescriber(Describe describe);
    void describeAgain();
    void apply(const std::vector<Ticket>& tickets); // a list as read, or live changes
    void setPaused(bool paused); // resuming shows what waited
    void showWaiting(); // now, still paused
    int waiting() const { return static_cast<int>(m_waiting.size()); }

    const Ticket& at(int row) const { return m_tickets[static_cast<std::size_t>(row)]; }
    int rowOf(TicketId id) const; // −1 when not shown

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void waitingChanged(int count);

private:
    void take(std::vector<Ticket> fresh);
    void insertRun(int row, const std::vector<Ticket>& run);
    void trim();

    std::vector<Ticket> m_tickets; // ids are made in the order of arrival: sorted by id, descending
    std::vector<Ticket> m_waiting; // the same order
    bool m_paused = false;
    Describe m_describe;
};

} // namespace naru::models
