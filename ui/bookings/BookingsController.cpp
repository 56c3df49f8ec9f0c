// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/BookingsController.h"

#include <algorithm>

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Reply;

namespace {
constexpr int kGatherMs = 150;
constexpr int kPage = 100;
constexpr int kMostRows = 1000; // live changes do not grow the list further
constexpr std::size_t kMostGathered = 5000;
} // namespace

BookingsController::BookingsController(backend::Backend& backend, QObject* parent)
    : QObject(parent), m_backend(backend)
{
    m_gatherTimer.setSingleShot(true);
    m_gatherTimer.setInterval(kGatherMs);
    connect(&m_gatherTimer, &QTimer::timeout, this, &BookingsController::showGathered);
    connect(&backend.reservations(), &backend::ReservationService::reservationsChanged, this, &BookingsController::gather);
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        m_stale = true;
        if (m_visible)
            setVisible(true);
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &BookingsController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &BookingsController::accessChanged);
}

ReservationFilter BookingsController::filter() const
{
    ReservationFilter f;
    f.text = m_text;
    f.slotId = m_slot;
    f.limit = kPage;
    switch (m_show) {
    case Show::All: break;
    case Show::Open: f.statuses = {ReservationStatus::Pending, ReservationStatus::Confirmed, ReservationStatus::CancelRequested, ReservationStatus::CheckedIn}; break;
    case Show::Asked: f.statuses = {ReservationStatus::CancelRequested}; break;
    case Show::Cancelled: f.statuses = {ReservationStatus::Cancelled, ReservationStatus::NoShow, ReservationStatus::Expired}; break;
    }
    return f;
}

// Whether a live change belongs into the list as it is filtered; a text is the server's matter.
bool BookingsController::fits(const Reservation& row) const
{
    const auto statuses = filter().statuses;
    if (!statuses.empty() && std::find(statuses.begin(), statuses.end(), row.status) == statuses.end())
        return false;
    return m_text.isEmpty() && (!m_slot || std::any_of(row.lines.begin(), row.lines.end(), [this](const ReservationLine& line) { return line.slotId == *m_slot; }));
}

void BookingsController::setShow(Show show)
{
    if (show == m_show)
        return;
    m_show = show;
    read();
}

void BookingsController::setText(const QString& text)
{
    if (text.trimmed() == m_text)
        return;
    m_text = text.trimmed();
    read();
}

void BookingsController::showAllSlots()
{
    m_slot.reset();
    m_slotItem = {};
    m_slotName.clear();
    read();
}

// The calendar knows the slot by its seats.
void BookingsController::showSlotOf(ItemId item)
{
    m_slotItem = item;
    m_show = Show::All;
    m_text.clear();
    m_stale = false;
    m_load = Load::Loading;
    m_list.assign({});
    Q_EMIT listChanged();
    Reply<StockLevel> reply;
    reply.context = this;
    reply.done = [this, item](Result<StockLevel> answer) {
        if (item != m_slotItem)
            return;
        if (answer && answer->slotId) {
            m_slot = answer->slotId;
            m_slotName = u"…"_s;
            read();
            return;
        }
        m_load = Load::Failed;
        m_listError = answer ? Error{ErrorKind::NotFound, 404, u"not-found"_s, {}, {}, false} : answer.error();
        Q_EMIT listChanged();
    };
    m_backend.stock().level(item, std::move(reply));
}

void BookingsController::read()
{
    m_stale = false;
    m_load = Load::Loading;
    m_listError.reset();
    const auto asked = ++m_asked;
    Reply<Page<Reservation>> reply;
    reply.context = this;
    reply.cached = [this, asked](Page<Reservation> page, Instant) {
        if (asked != m_asked)
            return;
        m_list.assign(std::move(page.items));
        Q_EMIT listChanged();
    };
    reply.done = [this, asked](Result<Page<Reservation>> answer) {
        if (asked != m_asked)
            return;
        if (answer) {
            m_next = answer->next;
            if (m_slot)
                for (const auto& row : answer->items)
                    for (const auto& line : row.lines)
                        if (line.slotId == *m_slot)
                            m_slotName = line.title;
            m_list.assign(std::move(answer->items));
            m_load = Load::Ready;
        } else {
            m_load = Load::Failed;
            m_listError = answer.error();
        }
        Q_EMIT listChanged();
    };
    m_backend.cancellations().reservations(filter(), std::move(reply));
    Q_EMIT listChanged();
}

void BookingsController::readMore()
{
    if (m_next.isEmpty() || m_load == Load::Loading)
        return;
    auto f = filter();
    f.after = std::exchange(m_next, QString());
    const auto asked = ++m_asked;
    Reply<Page<Reservation>> reply;
    reply.context = this;
    reply.done = [this, asked, after = f.after](Result<Page<Reservation>> answer) {
        if (asked != m_asked)
            return;
        if (answer) {
            m_next = answer->next;
            m_list.append(std::move(answer->items));
        } else {
            m_next = after; // may be asked again
        }
        Q_EMIT listChanged();
    };
    m_backend.cancellations().reservations(f, std::move(reply));
}

void BookingsController::setVisible(bool visible)
{
    m_visible = visible;
    if (!visible)
        return;
    if (m_stale) {
        m_gathered.clear();
        read();
        if (m_id)
            open(*m_id);
    } else if (!m_gathered.empty()) {
        showGathered();
    }
}

void BookingsController::gather(const std::vector<Reservation>& changed)
{
    for (const auto& row : changed) {
        auto& known = m_gathered[row.id];
        if (known.version <= row.version)
            known = row;
    }
    if (m_gathered.size() > kMostGathered) {
        m_gathered.clear();
        m_stale = true;
    }
    if (m_visible && !m_gatherTimer.isActive())
        m_gatherTimer.start();
}

void BookingsController::showGathered()
{
    if (m_stale) {
        setVisible(m_visible);
        return;
    }
    std::vector<Reservation> fresh;
    for (auto& [id, row] : std::exchange(m_gathered, {})) {
        if (m_id == id && m_head && row.version > m_head->version) {
            m_head = row;
            readDetail();
            readQuote();
        }
        const int at = m_list.rowOf(id);
        if (at >= 0 && row.version >= m_list.row(at).version)
            m_list.replace(at, row); // stays although its state may not fit the filter any more
        else if (at < 0 && fits(row))
            fresh.push_back(row);
    }
    if (fresh.empty())
        return;
    auto rows = m_list.rows();
    rows.insert(rows.end(), fresh.begin(), fresh.end());
    std::sort(rows.begin(), rows.end(), [](const Reservation& a, const Reservation& b) { return a.id > b.id; });
    if (rows.size() > static_cast<std::size_t>(kMostRows))
        rows.resize(static_cast<std::size_t>(kMostRows));
    m_list.assign(std::move(rows));
    Q_EMIT listChanged();
}

void BookingsController::open(ReservationId id)
{
    const bool other = m_id != id;
    m_id = id;
    if (other) {
        m_detail.reset();
        m_quote.reset();
        const auto* row = m_list.find(id);
        m_head = row ? std::optional(*row) : std::nullopt;
    }
    m_detailError.reset();
    m_quoteError.reset();
    Q_EMIT detailChanged();
    readDetail();
    readQuote();
}

void BookingsController::readDetail()
{
    if (!m_id)
        return;
    Reply<ReservationDetail> reply;
    reply.context = this;
    reply.cached = [this, id = *m_id](ReservationDetail detail, Instant) {
        if (m_id != id || m_detail)
            return;
        if (!m_head)
            m_head = detail.reservation;
        m_detail = std::move(detail);
        Q_EMIT detailChanged();
    };
    reply.done = [this, id = *m_id](Result<ReservationDetail> answer) {
        if (m_id != id)
            return;
        if (answer) {
            m_detailError.reset();
            m_head = answer->reservation;
            m_detail = std::move(*answer);
            if (const int at = m_list.rowOf(id); at >= 0)
                m_list.replace(at, *m_head);
        } else {
            m_detailError = answer.error();
        }
        Q_EMIT detailChanged();
    };
    m_backend.cancellations().detail(*m_id, std::move(reply));
}

void BookingsController::readQuote()
{
    if (!m_id)
        return;
    Reply<CancellationQuote> reply;
    reply.context = this;
    reply.done = [this, id = *m_id](Result<CancellationQuote> answer) {
        if (m_id != id)
            return;
        m_quoteError.reset();
        if (answer)
            m_quote = std::move(*answer);
        else
            m_quoteError = answer.error();
        Q_EMIT quoteChanged();
    };
    m_backend.cancellations().cancellationQuote(*m_id, std::move(reply));
}

bool BookingsController::online() const
{
    return m_backend.connection().state == backend::LinkState::Live;
}

bool BookingsController::mayWrite() const
{
    const auto& info = m_backend.session().info();
    return info && info->scopes.contains(u"reservation.write"_s);
}

std::optional<std::int64_t> BookingsController::begin()
{
    if (m_busy || !m_head || !online() || !mayWrite())
        return std::nullopt;
    m_busy = true;
    Q_EMIT accessChanged();
    return m_head->version;
}

Reply<Reservation> BookingsController::writing()
{
    Reply<Reservation> reply;
    reply.context = this;
    reply.done = [this, id = *m_id](Result<Reservation> answer) {
        m_busy = false;
        if (answer) {
            if (const int at = m_list.rowOf(id); at >= 0)
                m_list.replace(at, *answer);
            if (m_id == id)
                m_head = *answer;
            Q_EMIT wrote(*answer);
        } else {
            Q_EMIT writeFailed(answer.error());
        }
        if (m_id == id) {
            Q_EMIT detailChanged();
            readDetail(); // also after a refusal: the newest state is what comes next
            readQuote();
        }
        Q_EMIT accessChanged();
    };
    return reply;
}

void BookingsController::cancel(const CancelRequest& request)
{
    if (const auto version = begin())
        m_backend.cancellations().cancel(*m_id, *version, request, writing());
}

void BookingsController::decline(const QString& reason)
{
    if (const auto version = begin())
        m_backend.cancellations().declineCancellation(*m_id, *version, reason, writing());
}

void BookingsController::checkIn()
{
    if (const auto version = begin())
        m_backend.cancellations().checkIn(*m_id, *version, writing());
}

void BookingsController::undoCheckIn(const QString& reason)
{
    if (const auto version = begin())
        m_backend.cancellations().undoCheckIn(*m_id, *version, reason, writing());
}

void BookingsController::markNoShow(const QString& reason)
{
    if (const auto version = begin())
        m_backend.cancellations().markNoShow(*m_id, *version, reason, writing());
}

void BookingsController::complete()
{
    if (const auto version = begin())
        m_backend.cancellations().complete(*m_id, *version, writing());
}

void BookingsController::move(const MoveRequest& request)
{
    if (const auto version = begin())
        m_backend.cancellations().move(*m_id, *version, request, writing());
}

} // namespace naru::ui
