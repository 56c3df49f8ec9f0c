// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderBoardController.h"

#include <unordered_set>

namespace naru::ui {

using namespace Qt::StringLiterals;
using backend::CallId;
using backend::Reply;
using models::OrderListModel;
using models::OrderRow;

namespace {

constexpr int kCountsDelayMs = 700;
constexpr int kSearchDelayMs = 120;

// Column of a state by the name the counts are given under.
int columnOfName(const QString& name)
{
    static constexpr std::array<std::pair<QLatin1StringView, int>, 6> kNames{{
        {"awaiting_acceptance"_L1, 0}, {"accepted"_L1, 1}, {"preparing"_L1, 2},
        {"partially_shipped"_L1, 3}, {"shipped"_L1, 3}, {"delivered"_L1, 4},
    }};
    for (const auto& entry : kNames)
        if (name == entry.first)
            return entry.second;
    return -1;
}

} // namespace

OrderBoardController::OrderBoardController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock), m_table(OrderListModel::Shape::Table)
{
    using S = VendorOrderStatus;
    const std::array<std::vector<S>, kColumns> statuses{{{S::AwaitingAcceptance}, {S::Accepted}, {S::Preparing}, {S::Shipped, S::PartiallyShipped}, {S::Delivered}}};
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_columns[i].model = new OrderListModel(OrderListModel::Shape::Cards, this);
        for (const S status : statuses[i])
            m_columns[i].sources.push_back({status, {}});
    }
    m_counts.fill(-1);
    m_countsTimer.setSingleShot(true);
    m_countsTimer.setInterval(kCountsDelayMs);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(kSearchDelayMs);
    connect(&m_countsTimer, &QTimer::timeout, this, &OrderBoardController::readCounts);
    connect(&m_searchTimer, &QTimer::timeout, this, &OrderBoardController::load);
    connect(&backend.orders(), &backend::OrderService::vendorOrdersChanged, this, &OrderBoardController::cardsChanged);
    connect(&backend, &backend::Backend::refreshWanted, this, &OrderBoardController::refresh);
}

int OrderBoardController::columnOf(VendorOrderStatus status)
{
    switch (status) {
    case VendorOrderStatus::AwaitingAcceptance: return 0;
    case VendorOrderStatus::Accepted: return 1;
    case VendorOrderStatus::Preparing: return 2;
    case VendorOrderStatus::PartiallyShipped:
    case VendorOrderStatus::Shipped: return 3;
    case VendorOrderStatus::Delivered: return 4;
    default: return -1;
    }
}

VendorOrderStatus OrderBoardController::statusOf(int column)
{
    static constexpr std::array kStatuses{VendorOrderStatus::AwaitingAcceptance, VendorOrderStatus::Accepted,
        VendorOrderStatus::Preparing, VendorOrderStatus::Shipped, VendorOrderStatus::Delivered};
    return kStatuses[static_cast<std::size_t>(column)];
}

std::optional<VendorOrderStatus> OrderBoardController::nextOf(VendorOrderStatus status)
{
    switch (status) {
    case VendorOrderStatus::AwaitingAcceptance: return VendorOrderStatus::Accepted;
    case VendorOrderStatus::Accepted: return VendorOrderStatus::Preparing;
    case VendorOrderStatus::Preparing:
    case VendorOrderStatus::PartiallyShipped: return VendorOrderStatus::Shipped;
    case VendorOrderStatus::Shipped: return VendorOrderStatus::Delivered;
    case VendorOrderStatus::Delivered: return VendorOrderStatus::Closed;
    default: return std::nullopt;
    }
}

VendorOrderQuery OrderBoardController::queryFor(VendorOrderStatus status, const QString& after) const
{
    VendorOrderQuery query;
    query.status = status;
    query.text = m_text;
    query.sort = u"deadline"_s;
    query.after = after;
    query.limit = kPageSize;
    return query;
}

void OrderBoardController::cancelReads()
{
    for (Column& column : m_columns) {
        column.gathered.clear();
        for (Source& source : column.sources) {
            if (const CallId call = std::exchange(source.call, 0))
                m_backend.cancel(call);
            source.read = false;
        }
    }
    if (const CallId call = std::exchange(m_tableCall, 0))
        m_backend.cancel(call);
    m_tableRead = false;
}

void OrderBoardController::load()
{
    m_searchTimer.stop();
    m_asked = true;
    m_missed.clear();
    cancelReads();
    m_tray.clear();
    Q_EMIT trayChanged(0);
    m_error.reset();
    m_state = LoadState::Loading;
    Q_EMIT stateChanged();
    readCounts();
    for (int c = 0; c < kColumns; ++c)
        readColumn(c);
    if (m_tableShown)
        readTable({});
    if (!m_selected.isNull())
        readDetail();
}

void OrderBoardController::setText(const QString& text)
{
    if (m_text == text.trimmed())
        return;
    m_text = text.trimmed();
    m_searchTimer.start();
}

void OrderBoardController::setTableShown(bool shown)
{
    m_tableShown = shown;
    if (!shown)
        return;
    if (m_tableMissed.isStale())
        m_tableRead = false;
    for (OrderRow& r : m_tableMissed.take()) {
        r.pending = m_pending.contains(r.card.id);
        showInTable(r, false);
    }
    if (!m_tableRead && m_tableCall == 0)
        readTable({});
}

void OrderBoardController::setTableSort(models::OrderSort sort)
{
    if (m_table.sortedBy() == sort)
        return;
    m_table.setSort(sort);
    m_tableNext.clear();
    if (m_tableShown)
        readTable({});
}

void OrderBoardController::readColumn(int at)
{
    Column& column = m_columns[static_cast<std::size_t>(at)];
    column.askedAt = m_clock.steady();
    column.gathered.clear();
    for (std::size_t s = 0; s < column.sources.size(); ++s) {
        column.sources[s].read = false;
        readSource(at, s, {});
    }
}

void OrderBoardController::readSource(int column, std::size_t source, const QString& after)
{
    Source& from = m_columns[static_cast<std::size_t>(column)].sources[source];
    const bool first = after.isEmpty();
    Reply<naru::Page<VendorOrderCard>> reply;
    reply.context = this;
    reply.done = [this, column, source, first](Result<naru::Page<VendorOrderCard>> answer) { sourceRead(column, source, first, std::move(answer)); };
    if (first)
        reply.cached = [this, column](const naru::Page<VendorOrderCard>& page, Instant) {
            // Only what the first sight needs: fresh rows follow and replace these by diff.
            OrderListModel& model = this->column(column);
            if (m_state == LoadState::Loading && !isFiltered())
                model.merge(rowsOf(page.items));
        };
    from.call = m_backend.orders().vendorOrders(queryFor(from.status, after), std::move(reply));
}

void OrderBoardController::sourceRead(int at, std::size_t index, bool first, Result<naru::Page<VendorOrderCard>> answer)
{
    Column& column = m_columns[static_cast<std::size_t>(at)];
    Source& source = column.sources[index];
    source.call = 0;
    if (!answer) {
        if (answer.error().kind != ErrorKind::Cancelled)
            failed(answer.error());
        return;
    }
    source.read = true;
    source.next = answer->next;
    std::vector<OrderRow> rows = rowsOf(answer->items);
    if (!first) {
        column.model->merge(std::move(rows));
        column.readRows = column.model->rowCount();
        return;
    }
    std::move(rows.begin(), rows.end(), std::back_inserter(column.gathered));
    const bool complete = std::all_of(column.sources.begin(), column.sources.end(), [](const Source& s) { return s.read; });
    if (!complete)
        return;
    std::vector<OrderRow> all = std::exchange(column.gathered, {});
    // A move on its way keeps its place, whatever this older reading says.
    std::erase_if(all, [this](const OrderRow& r) { return m_pending.contains(r.card.id); });
    std::unordered_set<VendorOrderId> read;
    for (const OrderRow& r : all)
        read.insert(r.card.id);
    for (const OrderRow& r : column.model->rows())
        if (r.pending || (r.changedAt > column.askedAt && !read.contains(r.card.id) && models::matchesText(r.card, m_text)))
            all.push_back(r); // came in while the answer was on its way
    column.model->assignSorted(std::move(all));
    column.readRows = column.model->rowCount();
    updateState();
    Q_EMIT columnRead(at);
}

bool OrderBoardController::isRead(int column) const
{
    const auto& sources = m_columns[static_cast<std::size_t>(column)].sources;
    return std::all_of(sources.begin(), sources.end(), [](const Source& s) { return s.read; });
}

void OrderBoardController::readTable(const QString& after)
{
    static constexpr std::array kSorts{"deadline"_L1, "placed"_L1, "amount"_L1};
    if (const CallId call = std::exchange(m_tableCall, 0))
        m_backend.cancel(call);
    VendorOrderQuery query;
    query.text = m_text;
    query.sort = kSorts[static_cast<std::size_t>(m_table.sortedBy())];
    query.after = after;
    query.limit = kPageSize;
    query.openOnly = true;
    const bool first = after.isEmpty();
    m_tableCall = m_backend.orders().vendorOrders(query, {this, [this, first](Result<naru::Page<VendorOrderCard>> answer) { takeTable(first, std::move(answer)); }});
}

void OrderBoardController::takeTable(bool first, Result<naru::Page<VendorOrderCard>> answer)
{
    m_tableCall = 0;
    if (!answer) {
        if (answer.error().kind != ErrorKind::Cancelled)
            failed(answer.error());
        return;
    }
    m_tableRead = true;
    m_tableMissed.clear();
    m_tableNext = answer->next;
    if (first)
        m_table.assignSorted(rowsOf(answer->items));
    else
        m_table.merge(rowsOf(answer->items));
    updateState();
    Q_EMIT tableRead();
}

void OrderBoardController::fetchMore(int at)
{
    Column& column = m_columns[static_cast<std::size_t>(at)];
    for (std::size_t s = 0; s < column.sources.size(); ++s)
        if (column.sources[s].call == 0 && !column.sources[s].next.isEmpty())
            readSource(at, s, column.sources[s].next);
}

void OrderBoardController::fetchMoreTable()
{
    if (m_tableCall == 0 && !m_tableNext.isEmpty())
        readTable(m_tableNext);
}

void OrderBoardController::readCounts()
{
    m_countsTimer.stop();
    if (const CallId call = std::exchange(m_countsCall, 0))
        m_backend.cancel(call);
    VendorOrderQuery query;
    query.text = m_text;
    m_countsCall = m_backend.orders().counts(query, {this, [this](Result<std::vector<StatusCount>> answer) {
        m_countsCall = 0;
        if (!answer)
            return; // the columns say themselves what failed; old figures stay
        m_counts.fill(0);
        for (const StatusCount& entry : *answer)
            if (const int at = columnOfName(entry.status); at >= 0)
                m_counts[static_cast<std::size_t>(at)] += entry.count;
        Q_EMIT countsChanged();
    }});
}

void OrderBoardController::failed(const Error& error)
{
    m_error = error;
    m_state = LoadState::Failed;
    Q_EMIT stateChanged();
}

void OrderBoardController::updateState()
{
    if (m_state == LoadState::Failed)
        return;
    bool any = m_tableShown && m_table.rowCount() > 0;
    bool waiting = false;
    for (const Column& column : m_columns) {
        any = any || column.model->rowCount() > 0;
        for (const Source& source : column.sources)
            waiting = waiting || !source.read;
    }
    const LoadState state = any ? LoadState::Data : waiting ? LoadState::Loading : LoadState::Empty;
    if (state != m_state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

OrderRow OrderBoardController::rowOf(const VendorOrderCard& card, bool live) const
{
    OrderRow r;
    r.card = card;
    r.pending = m_pending.contains(card.id);
    r.unseen = live;
    if (live)
        r.changedAt = m_clock.steady();
    return r;
}

std::vector<OrderRow> OrderBoardController::rowsOf(const std::vector<VendorOrderCard>& cards) const
{
    std::vector<OrderRow> rows;
    rows.reserve(cards.size());
    for (const VendorOrderCard& card : cards) {
        // What is known to be newer (an event overtook this page) stands.
        const VendorOrderCard* known = this->card(card.id);
        if (known && known->version > card.version) {
            if (known->status == card.status)
                rows.push_back(rowOf(*known, false));
            continue;
        }
        rows.push_back(rowOf(card, false));
    }
    return rows;
}

const VendorOrderCard* OrderBoardController::card(VendorOrderId id) const
{
    for (const Column& column : m_columns)
        if (const OrderRow* r = column.model->find(id))
            return &r->card;
    if (const OrderRow* r = m_table.find(id))
        return &r->card;
    return nullptr;
}

void OrderBoardController::select(VendorOrderId id)
{
    if (m_selected == id)
        return;
    m_selected = id;
    m_detail.reset();
    m_detailError.reset();
    for (Column& column : m_columns)
        column.model->markSeen(id);
    m_table.markSeen(id);
    Q_EMIT detailChanged();
    readDetail();
}

void OrderBoardController::readDetail()
{
    if (const CallId call = std::exchange(m_detailCall, 0))
        m_backend.cancel(call);
    if (m_selected.isNull())
        return;
    m_detailCall = m_backend.orders().vendorOrder(m_selected, {this, [this](Result<VendorOrderDetail> answer) {
        m_detailCall = 0;
        if (answer) {
            m_detail = std::move(*answer);
            m_detailError.reset();
        } else if (answer.error().kind != ErrorKind::Cancelled) {
            m_detailError = answer.error();
        }
        Q_EMIT detailChanged();
    }});
}

} // namespace naru::ui
