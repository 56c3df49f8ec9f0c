// SPDX-License-Identifier: GPL-3.0-or-later
// Live changes and moves of OrderBoardController; reading is in OrderBoardController.cpp.
#include "ui/orders/OrderBoardController.h"

namespace naru::ui {

using models::OrderListModel;
using models::OrderRow;

void OrderBoardController::setHeld(bool held)
{
    if (m_held == held)
        return;
    m_held = held;
    if (!held)
        releaseTray();
}

void OrderBoardController::releaseTray()
{
    if (m_tray.empty())
        return;
    const auto waiting = std::exchange(m_tray, {});
    if (waiting.size() > kBacklog) {
        Q_EMIT trayChanged(0);
        refresh();
        return;
    }
    const bool held = std::exchange(m_held, false);
    for (const auto& entry : waiting)
        showCard(entry.second, true);
    m_held = held;
    Q_EMIT trayChanged(0);
    Q_EMIT liveChanged();
    updateState();
}

void OrderBoardController::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    if (!shown || !m_asked)
        return;
    if (m_missed.isStale()) {
        load();
    } else if (const auto missed = m_missed.take(); !missed.empty()) {
        const bool held = std::exchange(m_held, false); // nobody is reading yet: all finds its place
        cardsChanged(missed);
        m_held = held;
    }
}

void OrderBoardController::refresh()
{
    if (m_shown)
        load();
    else
        m_missed.markStale();
}

void OrderBoardController::noteHidden(const std::vector<VendorOrderCard>& cards)
{
    for (const VendorOrderCard& card : cards) {
        if (const auto pending = m_pending.find(card.id); pending != m_pending.end())
            pending->second.newer = card;
        else if (const VendorOrderCard* noted = m_missed.find(card.id); m_asked && (!noted || noted->version < card.version))
            m_missed.add(card.id, card);
    }
}

void OrderBoardController::cardsChanged(const std::vector<VendorOrderCard>& cards)
{
    if (!m_countsTimer.isActive()) // while changes keep coming, too
        m_countsTimer.start();
    if (!m_shown) {
        noteHidden(cards);
        return;
    }
    if (m_state == LoadState::Failed)
        return; // the next reading brings everything
    const int tray = trayCount();
    bool selectedChanged = false;
    for (const VendorOrderCard& card : cards) {
        takeLive(card);
        selectedChanged = selectedChanged || (card.id == m_selected && !m_pending.contains(card.id));
    }
    trimGrowth();
    if (trayCount() != tray)
        Q_EMIT trayChanged(trayCount());
    const VendorOrderCard* chosen = selectedChanged ? card(m_selected) : nullptr; // null: it has left the board
    if (selectedChanged && (!m_detail || !chosen || m_detail->card.version < chosen->version))
        readDetail();
    updateState();
    Q_EMIT liveChanged();
}

void OrderBoardController::takeLive(const VendorOrderCard& card)
{
    if (const auto pending = m_pending.find(card.id); pending != m_pending.end()) {
        pending->second.newer = card; // shown once the answer to our own move is here
        return;
    }
    if (const auto waiting = m_tray.find(card.id); waiting != m_tray.end()) {
        if (columnOf(card.status) == 0) {
            waiting->second = card;
            return;
        }
        m_tray.erase(waiting); // handled elsewhere before it was let in
    }
    const VendorOrderCard* known = this->card(card.id);
    if (known && known->version >= card.version)
        return;
    if (!known && !models::matchesText(card, m_text))
        return;
    if (!known && m_held && columnOf(card.status) == 0) {
        m_tray.emplace(card.id, card);
        return;
    }
    showCard(card, true);
}

// A column that grew for hours by events alone is read again from its first page, so that changes in it stay cheap.
void OrderBoardController::trimGrowth()
{
    for (int c = 0; c < kColumns; ++c) {
        const Column& column = m_columns[static_cast<std::size_t>(c)];
        const bool asking = std::any_of(column.sources.begin(), column.sources.end(), [](const Source& s) { return s.call != 0; });
        if (!asking && isRead(c) && column.model->rowCount() > column.readRows + kGrowth)
            readColumn(c);
    }
}

bool OrderBoardController::beyondLoaded(int at, const VendorOrderCard& card) const
{
    const Column& column = m_columns[static_cast<std::size_t>(at)];
    const bool more = std::any_of(column.sources.begin(), column.sources.end(), [](const Source& s) { return !s.next.isEmpty(); });
    return more && column.model->rowCount() > 0
        && models::comesBefore(column.model->row(column.model->rowCount() - 1).card, card, column.model->sortedBy());
}

void OrderBoardController::removeCard(VendorOrderId id, int exceptColumn)
{
    for (int c = 0; c < kColumns; ++c)
        if (c != exceptColumn)
            column(c).remove(id);
}

void OrderBoardController::showCard(const VendorOrderCard& card, bool live)
{
    const int at = columnOf(card.status);
    removeCard(card.id, at);
    const OrderRow r = rowOf(card, live);
    if (at >= 0 && (column(at).contains(card.id) || !beyondLoaded(at, card)))
        column(at).put(r, m_held && live);
    if (m_tableShown)
        showInTable(r, m_held && live);
    else if (m_tableRead)
        m_tableMissed.add(card.id, r);
}

void OrderBoardController::showInTable(const OrderRow& r, bool keepPlace)
{
    const VendorOrderStatus status = r.card.status;
    const bool open = status != VendorOrderStatus::Closed && status != VendorOrderStatus::Refused && status != VendorOrderStatus::Cancelled;
    if (!open)
        m_table.remove(r.card.id);
    else if (m_tableRead && (m_table.contains(r.card.id) || m_tableNext.isEmpty() || m_table.rowCount() == 0
                 || models::comesBefore(r.card, m_table.row(m_table.rowCount() - 1).card, m_table.sortedBy())))
        m_table.put(r, keepPlace);
}

void OrderBoardController::shiftCount(VendorOrderStatus from, VendorOrderStatus to)
{
    const int a = columnOf(from);
    const int b = columnOf(to);
    if (a >= 0 && m_counts[static_cast<std::size_t>(a)] > 0)
        --m_counts[static_cast<std::size_t>(a)];
    if (b >= 0 && m_counts[static_cast<std::size_t>(b)] >= 0)
        ++m_counts[static_cast<std::size_t>(b)];
    Q_EMIT countsChanged();
}

void OrderBoardController::move(const std::vector<VendorOrderId>& ids, const VendorOrderMove& wanted)
{
    for (const VendorOrderId id : ids) {
        const VendorOrderCard* known = card(id);
        if (!known && m_detail && m_detail->card.id == id)
            known = &m_detail->card;
        if (!known || m_pending.contains(id) || known->status == wanted.to)
            continue;
        const VendorOrderCard before = *known;
        m_pending.emplace(id, Pending{before, wanted.to, std::nullopt});
        VendorOrderCard after = before;
        after.status = wanted.to;
        if (!wanted.carrier.isEmpty())
            after.carrier = wanted.carrier;
        if (!wanted.trackingNo.isEmpty())
            after.trackingNo = wanted.trackingNo;
        showCard(after, false);
        shiftCount(before.status, wanted.to);
        m_backend.orders().move(id, before.version, wanted, {this, [this, id](Result<VendorOrderDetail> answer) { settle(id, std::move(answer)); }});
    }
    Q_EMIT detailChanged();
}

void OrderBoardController::settle(VendorOrderId id, Result<VendorOrderDetail> answer)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const Pending pending = found->second;
    m_pending.erase(found);

    VendorOrderCard truth = answer ? answer->card : pending.before;
    if (pending.newer && pending.newer->version > truth.version)
        truth = *pending.newer;
    showCard(truth, false);
    if (truth.status != pending.wanted)
        shiftCount(pending.wanted, truth.status);
    m_countsTimer.start();

    if (answer) {
        if (id == m_selected) {
            m_detail = std::move(*answer);
            m_detailError.reset();
        }
        Q_EMIT moved(truth);
    } else {
        Q_EMIT moveRefused(pending.before, pending.wanted, answer.error());
        if (id == m_selected)
            readDetail(); // what is allowed may have changed with the row
    }
    updateState();
    Q_EMIT detailChanged();
}

} // namespace naru::ui
