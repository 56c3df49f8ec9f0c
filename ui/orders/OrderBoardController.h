// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/common/Backlog.h"
#include "models/orders/OrderListModel.h"

#include <QTimer>
#include <array>
#include <map>

namespace naru::ui {

enum class LoadState { Loading, Data, Empty, Failed };

// Joins the order service with the models of the board and of its table: pages, live changes, moves shown at once and taken
// back when refused. While the board is not shown it only notes what changed. Knows no widget. UI thread; owned by the page.
class OrderBoardController : public QObject {
    Q_OBJECT
public:
    static constexpr int kColumns = 5; // awaiting, accepted, preparing, shipped (also in part), delivered
    static constexpr int kPageSize = 200;
    static constexpr std::size_t kBacklog = 300; // changes caught up with one by one; beyond it the board is read anew
    static constexpr int kGrowth = 1000; // rows a column may gain by events until it is read anew

    OrderBoardController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    static int columnOf(VendorOrderStatus status); // −1: not on the board
    static VendorOrderStatus statusOf(int column);
    static std::optional<VendorOrderStatus> nextOf(VendorOrderStatus status);

    models::OrderListModel& column(int at) { return *m_columns[static_cast<std::size_t>(at)].model; }
    models::OrderListModel& table() { return m_table; }
    int count(int column) const { return m_counts[static_cast<std::size_t>(column)]; } // −1: not known yet
    bool isRead(int column) const;
    LoadState state() const { return m_state; }
    const std::optional<Error>& error() const { return m_error; }
    const QString& text() const { return m_text; }
    bool isFiltered() const { return !m_text.isEmpty(); }

    void load(); // reads everything anew; rows stay until the answer
    void setShown(bool shown); // not shown (the beginning): live changes wait until it is
    void setText(const QString& text);
    void setTableShown(bool shown);
    void setTableSort(models::OrderSort sort);
    void fetchMore(int column);
    void fetchMoreTable();

    // While held, rows do not move by themselves and new orders gather in the tray.
    void setHeld(bool held);
    int trayCount() const { return static_cast<int>(m_tray.size()); }
    void releaseTray();

    void select(VendorOrderId id); // detail follows; null: nothing
    VendorOrderId selected() const { return m_selected; }
    const VendorOrderCard* card(VendorOrderId id) const;
    const std::optional<VendorOrderDetail>& detail() const { return m_detail; }
    const std::optional<Error>& detailError() const { return m_detailError; }
    bool isPending(VendorOrderId id) const { return m_pending.contains(id); }

    void move(const std::vector<VendorOrderId>& ids, const VendorOrderMove& move);

Q_SIGNALS:
    void stateChanged();
    void countsChanged();
    void trayChanged(int count);
    void detailChanged();
    void moved(const naru::VendorOrderCard& card);
    void moveRefused(const naru::VendorOrderCard& card, naru::VendorOrderStatus wanted, const naru::Error& why);
    void columnRead(int column); // its first page is in
    void tableRead(); // a page of the table is in
    void liveChanged(); // rows changed by others: a view may want to paint the flash

private:
    struct Source { // one status of a column, paged on its own
        VendorOrderStatus status;
        QString next;
        backend::CallId call = 0;
        bool read = false; // answered since the last load()
    };
    struct Column {
        models::OrderListModel* model = nullptr;
        std::vector<Source> sources;
        std::vector<models::OrderRow> gathered; // answers of a load that is not complete
        Millis askedAt{}; // steady clock
        int readRows = 0; // in the column when its pages were in
    };
    struct Pending {
        VendorOrderCard before;
        VendorOrderStatus wanted;
        std::optional<VendorOrderCard> newer; // what the server said meanwhile
    };

    VendorOrderQuery queryFor(VendorOrderStatus status, const QString& after) const;
    void readColumn(int column);
    void readSource(int column, std::size_t source, const QString& after);
    void sourceRead(int column, std::size_t source, bool first, Result<naru::Page<VendorOrderCard>> answer);
    void readTable(const QString& after);
    void takeTable(bool first, Result<naru::Page<VendorOrderCard>> answer);
    void readCounts();
    void readDetail();
    void failed(const Error& error);
    void updateState();
    void cancelReads();
    void cardsChanged(const std::vector<VendorOrderCard>& cards);
    void takeLive(const VendorOrderCard& card);
    void noteHidden(const std::vector<VendorOrderCard>& cards);
    void refresh(); // everything may have changed
    void trimGrowth();
    void showInTable(const models::OrderRow& r, bool keepPlace);
    void showCard(const VendorOrderCard& card, bool live);
    void removeCard(VendorOrderId id, int exceptColumn);
    void settle(VendorOrderId id, Result<VendorOrderDetail> answer);
    void shiftCount(VendorOrderStatus from, VendorOrderStatus to);
    bool beyondLoaded(int column, const VendorOrderCard& card) const;
    models::OrderRow rowOf(const VendorOrderCard& card, bool live) const;
    std::vector<models::OrderRow> rowsOf(const std::vector<VendorOrderCard>& cards) const;

    backend::Backend& m_backend;
    const Clock& m_clock;
    std::array<Column, kColumns> m_columns;
    models::OrderListModel m_table;
    std::array<int, kColumns> m_counts;
    QString m_text;
    LoadState m_state = LoadState::Loading;
    std::optional<Error> m_error;
    bool m_held = false;
    bool m_shown = false;
    bool m_asked = false; // load() was called
    models::Backlog<VendorOrderId, VendorOrderCard> m_missed{kBacklog}; // changes since the board was hidden
    models::Backlog<VendorOrderId, models::OrderRow> m_tableMissed{kBacklog}; // changes since the table was
    bool m_tableShown = false;
    bool m_tableRead = false;
    QString m_tableNext;
    backend::CallId m_tableCall = 0;
    backend::CallId m_countsCall = 0;
    backend::CallId m_detailCall = 0;
    std::map<VendorOrderId, VendorOrderCard> m_tray;
    std::map<VendorOrderId, Pending> m_pending;
    VendorOrderId m_selected;
    std::optional<VendorOrderDetail> m_detail;
    std::optional<Error> m_detailError;
    QTimer m_countsTimer; // changes come in bursts, one count follows
    QTimer m_searchTimer;
};

} // namespace naru::ui
