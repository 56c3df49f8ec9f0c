// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/ReservationMonitorController.h"

#include <algorithm>


namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Reply;

namespace {
constexpr int kPollMs = 1000;
constexpr int kRereadMs = 500;
constexpr int kWaitingMs = 250;
constexpr int kStoppedPolls = 5; // a second each
constexpr int kFlushMs = 80; // live changes are gathered this long; the first after a rest shows at once
constexpr int kTickets = 50;
constexpr int kKoreaOffsetSeconds = 9 * 3600; // the calendar's days are Korean ones; no summer time there
} // namespace

ReservationMonitorController::ReservationMonitorController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
    , m_from(today())
    , m_day(m_from)
{
    m_pollTimer.setInterval(kPollMs);
    m_rereadTimer.setInterval(kRereadMs);
    m_rereadTimer.setSingleShot(true);
    connect(&m_pollTimer, &QTimer::timeout, this, &ReservationMonitorController::poll);
    connect(&m_rereadTimer, &QTimer::timeout, this, &ReservationMonitorController::readOccupancy);
    m_waitingTimer.setInterval(kWaitingMs);
    m_waitingTimer.setSingleShot(true);
    connect(&m_waitingTimer, &QTimer::timeout, this, &ReservationMonitorController::readWaiting);
    connect(&backend.waitlist(), &backend::WaitlistService::entriesChanged, this, [this] {
        if (!m_waitingTimer.isActive())
            m_waitingTimer.start();
    });
    connect(&backend.slotRules(), &backend::SlotService::slotsChanged, this, [this] {
        if (!m_rereadTimer.isActive())
            m_rereadTimer.start(); // slots came, went, or are closed
    });
    auto& reservations = backend.reservations();
    m_flushTimer.setInterval(kFlushMs);
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] {
        m_flushedAt = m_clock.steady();
        flush();
    });
    connect(&reservations, &backend::ReservationService::cellsChanged, this, [this](const std::vector<backend::CellChange>& cells) {
        for (const auto& cell : cells)
            if (const auto* known = m_newCells.find(cell.level.id); !known || known->level.version <= cell.level.version)
                m_newCells.add(cell.level.id, cell);
        note();
    });
    connect(&reservations, &backend::ReservationService::holdsChanged, this, [this](const std::vector<Hold>& holds) {
        for (const auto& hold : holds)
            m_newHolds.add(hold.id, hold);
        note();
    });
    connect(&reservations, &backend::ReservationService::ticketsChanged, this, [this](const std::vector<Ticket>& tickets) {
        for (const auto& ticket : tickets)
            m_newTickets.add(ticket.id, ticket);
        note();
    });
    connect(&backend, &backend::Backend::refreshWanted, this, &ReservationMonitorController::load);
    connect(&backend, &backend::Backend::connectionChanged, this, &ReservationMonitorController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &ReservationMonitorController::accessChanged);
}

QDate ReservationMonitorController::today() const
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(m_clock.now()), Qt::OffsetFromUTC, kKoreaOffsetSeconds).date();
}

void ReservationMonitorController::shiftDays(int days)
{
    if (m_axis == models::OccupancyAxis::Hours)
        showHours(m_day.addDays(days));
    else
        showDay(m_from.addDays(days));
}

void ReservationMonitorController::showDay(const QDate& from)
{
    if (m_axis == models::OccupancyAxis::Hours) {
        showHours(from);
        return;
    }
    m_followsToday = from == today();
    if (from == m_from)
        return;
    m_from = from;
    readOccupancy();
}

// The hours of a day are laid out of the days already read; one outside of them is read first.
void ReservationMonitorController::showHours(const QDate& day)
{
    m_axis = models::OccupancyAxis::Hours;
    m_day = day;
    if (m_from.daysTo(day) < 0 || m_from.daysTo(day) >= kDays) {
        m_from = day;
        m_followsToday = day == today();
        readOccupancy();
    }
    if (m_occupancy.from() == m_from)
        m_occupancy.showHours(day);
    Q_EMIT occupancyStatusChanged();
}

void ReservationMonitorController::showDays()
{
    m_axis = models::OccupancyAxis::Days;
    m_occupancy.showDays();
    Q_EMIT occupancyStatusChanged();
}

void ReservationMonitorController::note()
{
    if (!m_visible || m_flushTimer.isActive())
        return;
    if (m_clock.steady() - m_flushedAt >= Millis(kFlushMs)) {
        m_flushedAt = m_clock.steady();
        flush();
    } else
        m_flushTimer.start(); // ends with a flush
}

void ReservationMonitorController::flush()
{
    if (m_newTickets.isStale() || m_newHolds.isStale() || m_newCells.isStale()) {
        m_newTickets.clear();
        m_newHolds.clear();
        m_newCells.clear();
        load();
        return;
    }
    if (const auto cells = m_newCells.take(); !cells.empty())
        takeCells(cells);
    if (const auto holds = m_newHolds.take(); !holds.empty()) {
        m_holds.apply(holds);
        Q_EMIT holdsStatusChanged();
    }
    if (const auto tickets = m_newTickets.take(); !tickets.empty()) {
        m_tickets.apply(tickets);
        Q_EMIT ticketsStatusChanged();
    }
}

void ReservationMonitorController::load()
{
    if (m_followsToday)
        m_from = today();
    readOccupancy();
    readHolds();
    readTickets();
}

void ReservationMonitorController::setVisible(bool visible)
{
    m_visible = visible;
    if (visible)
        flush();
    else
        m_flushTimer.stop();
    if (!visible) {
        m_pollTimer.stop();
    } else if (!m_pollTimer.isActive()) {
        m_pollTimer.start();
        poll();
    }
}

bool ReservationMonitorController::online() const
{
    return m_backend.connection().state == backend::LinkState::Live;
}

bool ReservationMonitorController::mayWrite() const
{
    const auto& info = m_backend.session().info();
    return info && info->scopes.contains(u"reservation.write"_s);
}

bool ReservationMonitorController::mayChangeStock() const
{
    const auto& info = m_backend.session().info();
    return info && info->scopes.contains(u"stock.write"_s);
}

void ReservationMonitorController::readOccupancy()
{
    if (m_occupancyCall)
        m_backend.cancel(m_occupancyCall);
    m_sinceAsked.clear();
    m_occupancyStatus.load = Load::Loading;
    OccupancyQuery query;
    query.fromDate = m_from.toString(Qt::ISODate);
    query.days = kDays;
    const auto from = m_from;
    Reply<std::vector<OccupancyRow>> reply;
    reply.context = this;
    reply.cached = [this, from](std::vector<OccupancyRow> rows, Instant asOf) {
        if (from != m_from || (m_occupancyStatus.seen && !m_occupancyStatus.asOf && m_occupancy.from() == from))
            return; // what is shown is newer
        m_occupancy.setRows(from, kDays, std::move(rows));
        m_occupancyStatus.seen = true;
        m_occupancyStatus.asOf = asOf;
        showAxis();
        Q_EMIT occupancyStatusChanged();
    };
    reply.done = [this, from](Result<std::vector<OccupancyRow>> answer) { takeOccupancy(std::move(answer), from); };
    m_occupancyCall = m_backend.reservations().occupancy(query, std::move(reply));
    Q_EMIT occupancyStatusChanged();
}

void ReservationMonitorController::showAxis()
{
    if (m_axis == models::OccupancyAxis::Hours)
        m_occupancy.showHours(m_day);
}

void ReservationMonitorController::takeOccupancy(Result<std::vector<OccupancyRow>> answer, const QDate& from)
{
    if (from != m_from || (!answer && answer.error().kind == ErrorKind::Cancelled))
        return;
    m_occupancyCall = 0;
    if (answer) {
        m_occupancy.setRows(from, kDays, std::move(*answer));
        showAxis();
        for (const auto& change : std::exchange(m_sinceAsked, {}))
            m_occupancy.applyLevel(change.level.variantId, change.label, change.localDate, change.level);
        m_occupancyStatus = {Load::Ready, std::nullopt, std::nullopt, true};
    } else {
        m_occupancyStatus.load = Load::Failed;
        m_occupancyStatus.error = answer.error();
    }
    Q_EMIT occupancyStatusChanged();
}

void ReservationMonitorController::readHolds()
{
    m_holdsStatus.load = Load::Loading;
    Reply<Page<Hold>> reply;
    reply.context = this;
    reply.cached = [this](Page<Hold> page, Instant asOf) {
        if (m_holdsStatus.seen)
            return;
        m_holds.setHolds(std::move(page.items));
        m_holdsStatus.seen = true;
        m_holdsStatus.asOf = asOf;
        Q_EMIT holdsStatusChanged();
    };
    reply.done = [this](Result<Page<Hold>> answer) {
        if (answer) {
            m_holds.setHolds(std::move(answer->items));
            m_holdsStatus = {Load::Ready, std::nullopt, std::nullopt, true};
        } else {
            m_holdsStatus.load = Load::Failed;
            m_holdsStatus.error = answer.error();
        }
        Q_EMIT holdsStatusChanged();
    };
    m_backend.reservations().openHolds(std::move(reply));
    Q_EMIT holdsStatusChanged();
}

void ReservationMonitorController::readTickets()
{
    m_ticketsStatus.load = Load::Loading;
    TicketQuery query;
    query.limit = kTickets;
    Reply<Page<Ticket>> reply;
    reply.context = this;
    reply.cached = [this](Page<Ticket> page, Instant asOf) {
        if (m_ticketsStatus.seen)
            return;
        m_tickets.apply(page.items);
        m_ticketsStatus.seen = true;
        m_ticketsStatus.asOf = asOf;
        Q_EMIT ticketsStatusChanged();
    };
    reply.done = [this](Result<Page<Ticket>> answer) {
        if (answer) {
            m_tickets.apply(answer->items);
            m_ticketsStatus = {Load::Ready, std::nullopt, std::nullopt, true};
        } else {
            m_ticketsStatus.load = Load::Failed;
            m_ticketsStatus.error = answer.error();
        }
        Q_EMIT ticketsStatusChanged();
    };
    m_backend.reservations().tickets(query, std::move(reply));
    Q_EMIT ticketsStatusChanged();
}

// One question at a time: a slow server must not collect a queue of them.
void ReservationMonitorController::poll()
{
    if (m_followsToday && m_from != today() && !m_occupancyCall) {
        m_from = today();
        readOccupancy();
    }
    if (m_polling)
        return;
    m_polling = true;
    Reply<QueueStats> reply;
    reply.context = this;
    reply.done = [this](Result<QueueStats> answer) {
        m_polling = false;
        m_statsStale = !answer;
        if (answer)
            m_stats = std::move(*answer);
        judge();
        Q_EMIT statsChanged();
    };
    m_backend.reservations().queueStats(std::move(reply));
}

// The allocator stands still when requests wait and seconds pass without a decision.
void ReservationMonitorController::judge()
{
    if (m_statsStale || !m_stats)
        return;
    const bool idle = m_stats->depth > 0 && m_stats->decisionsPerSecond <= 0;
    m_idlePolls = idle ? m_idlePolls + 1 : 0;
    if (!idle)
        m_stoppedSince.reset();
    else if (m_idlePolls >= kStoppedPolls && !m_stoppedSince)
        m_stoppedSince = m_clock.now() - std::chrono::milliseconds(kPollMs * kStoppedPolls);
}

void ReservationMonitorController::readWaiting()
{
    if (!m_visible)
        return; // read with the calendar
    Reply<Page<WaitlistSlot>> reply;
    reply.context = this;
    reply.done = [this](Result<Page<WaitlistSlot>> answer) {
        if (!answer)
            return; // the calendar keeps what it knows; the next change asks again
        std::unordered_map<ItemId, std::int64_t> people;
        for (const auto& slot : answer->items)
            people[slot.itemId] = slot.seatsWanted;
        m_occupancy.setWaiting(people);
        Q_EMIT occupancyStatusChanged();
    };
    m_backend.waitlist().waitingSlots(std::move(reply));
}

void ReservationMonitorController::takeCells(const std::vector<backend::CellChange>& cells)
{
    if (m_occupancyCall)
        m_sinceAsked.insert(m_sinceAsked.end(), cells.begin(), cells.end());
    bool unclear = false;
    for (const auto& change : cells)
        unclear |= m_occupancy.applyLevel(change.level.variantId, change.label, change.localDate, change.level) == models::OccupancyModel::Applied::Unclear;
    if (unclear && !m_rereadTimer.isActive())
        m_rereadTimer.start();
}

int ReservationMonitorController::extensionFor(const Hold& hold) const
{
    const auto room = std::chrono::duration_cast<std::chrono::seconds>(hold.maxUntil - hold.expiresAt).count();
    return static_cast<int>(std::clamp<std::int64_t>(room, 0, kExtendSeconds));
}

void ReservationMonitorController::forget(HoldId id)
{
    m_busy.erase(id);
    Q_EMIT busyChanged();
}

void ReservationMonitorController::release(HoldId id, const QString& reason)
{
    const auto* hold = m_holds.find(id);
    if (!hold || !m_busy.insert(id).second)
        return;
    Q_EMIT busyChanged();
    Reply<Hold> reply;
    reply.context = this;
    reply.done = [this, id](Result<Hold> answer) {
        if (answer) {
            m_holds.apply({*answer});
            Q_EMIT holdsStatusChanged();
            Q_EMIT released(*answer);
        } else {
            Q_EMIT writeFailed(answer.error());
        }
        forget(id);
    };
    m_backend.reservations().releaseHold(id, hold->version, reason, std::move(reply));
}

void ReservationMonitorController::extend(HoldId id)
{
    const auto* hold = m_holds.find(id);
    if (!hold)
        return;
    const int seconds = extensionFor(*hold);
    if (seconds <= 0 || !m_busy.insert(id).second)
        return;
    Q_EMIT busyChanged();
    Reply<Hold> reply;
    reply.context = this;
    reply.done = [this, id, seconds](Result<Hold> answer) {
        if (answer) {
            m_holds.apply({*answer});
            Q_EMIT extended(*answer, seconds);
        } else {
            Q_EMIT writeFailed(answer.error());
        }
        forget(id);
    };
    m_backend.reservations().extendHold(id, hold->version, seconds, std::move(reply));
}

} // namespace naru::ui
