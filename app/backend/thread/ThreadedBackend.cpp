// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/ThreadedBackend.h"

#include <QLoggingCategory>
#include <QSysInfo>
#include <cstdlib>

#include "backend/auth/KeychainKeep.h"
#include "backend/auth/Posture.h"
#include "backend/auth/QtKeychainEntry.h"
#include "backend/thread/Assert.h"
#include "backend/thread/ThreadedBackendImpl.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcThread, "naru.backend.thread", QtInfoMsg)
constexpr Millis kActivityEvery{1'000}; // a key held down is one activity a second

EngineConfig engineConfig(const BackendConfig& c)
{
    EngineConfig e;
    e.server = c.server;
    e.caFile = c.caFile;
    e.cacheFolder = c.cacheDir;
    e.deviceName = c.deviceName.isEmpty() ? QSysInfo::machineHostName().left(100) : c.deviceName;
    e.language = c.language;
    e.clock = c.clock;
    e.rng = c.rng;
    e.limits = c.limits;
    e.network = c.network;
    if (c.keep) {
        e.keep = [keep = c.keep](const QString&) { return keep(); };
    } else if (c.keychain) {
        e.keep = [profile = c.dataDir, limit = c.limits.keychain](const QString& server) -> std::unique_ptr<TokenKeep> {
            return std::make_unique<KeychainKeep>(KeychainKeep::entryName(server, profile), limit);
        };
    }
    e.keyMarker = c.dataDir.isEmpty() ? QString() : c.dataDir + u"/device-key.json"_s;
    if (c.keyEntry)
        e.keyEntry = c.keyEntry;
    else if (c.keychain)
        e.keyEntry = [name = QtKeychainEntry::keyName(c.dataDir)]() -> std::unique_ptr<KeychainEntry> { return std::make_unique<QtKeychainEntry>(name); };
    e.posture = c.posture ? c.posture : [] { return readPosture(); };
    return e;
}

} // namespace

std::unique_ptr<Backend> makeBackend(const BackendConfig& config) { return std::make_unique<ThreadedBackend>(config); }

ThreadedBackend::ThreadedBackend(const BackendConfig& config)
    : m_clock(*config.clock), m_limits(config.limits), m_in(config.limits.queuedCalls), m_draftsIn(0), m_out(0),
      m_thread(engineConfig(config), config.dataDir.isEmpty() ? QString() : config.dataDir + u"/drafts"_s, m_in, m_draftsIn, m_out), m_dispatcher(m_in), m_session(m_dispatcher, m_clock), m_catalogue(m_dispatcher),
      m_orders(m_dispatcher), m_reservations(m_dispatcher), m_home(m_dispatcher), m_cancellations(m_dispatcher), m_waitlist(m_dispatcher), m_slots(m_dispatcher),
      m_stock(m_dispatcher), m_security(m_dispatcher), m_drafts(m_draftsIn, m_dispatcher.calls())
{
    m_connection.since = m_clock.now();
    connect(&m_dispatcher, &Dispatcher::wakeWanted, &m_thread, &BackendThread::wakeEngine);
    connect(&m_thread, &BackendThread::wakeBackend, this, &ThreadedBackend::drain, Qt::QueuedConnection);
    m_thread.start();
}

ThreadedBackend::~ThreadedBackend() { stop(); }

void ThreadedBackend::cancel(CallId call)
{
    NARU_ASSERT_UI();
    m_dispatcher.cancel(call);
}

void ThreadedBackend::reconnectNow()
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(ReconnectNow{});
}

void ThreadedBackend::noteUserActivity()
{
    NARU_ASSERT_UI();
    const Millis now = m_clock.steady();
    if (m_activityTold && now - *m_activityTold < kActivityEvery)
        return;
    m_activityTold = now;
    m_dispatcher.tell(UserActivity{});
}

void ThreadedBackend::setLanguage(const QString& language)
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(UseLanguage{language});
}

void ThreadedBackend::useServer(const QUrl& server)
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(UseServer{server});
}

void ThreadedBackend::drain()
{
    NARU_ASSERT_UI();
    const Millis start = m_clock.steady();
    Batch batch;
    while (auto message = m_out.pop()) {
        take(std::move(*message), batch);
        if (batch.size >= m_limits.uiBatch || m_clock.steady() - start >= m_limits.uiTurn) {
            emitBatch(batch);
            QMetaObject::invokeMethod(this, &ThreadedBackend::drain, Qt::QueuedConnection);
            return;
        }
    }
    emitBatch(batch);
}

void ThreadedBackend::take(OutMessage message, Batch& batch)
{
    if (auto* answer = std::get_if<Answer>(&message)) {
        m_dispatcher.calls().deliver(std::move(*answer));
    } else if (auto* cached = std::get_if<CachedAnswer>(&message)) {
        m_dispatcher.calls().deliverCached(std::move(*cached));
    } else if (auto* session = std::get_if<SessionSnapshot>(&message)) {
        m_session.take(std::move(*session));
    } else if (auto* link = std::get_if<ConnectionStatus>(&message)) {
        m_connection = *link;
        Q_EMIT connectionChanged(m_connection);
    } else if (auto* key = std::get_if<KeyState>(&message)) {
        m_session.take(*key);
    } else if (std::holds_alternative<DevicesChanged>(message)) {
        Q_EMIT m_security.devicesChanged();
    } else if (auto* held = std::get_if<DraftsHeld>(&message)) {
        m_drafts.take(*held);
    } else if (auto* arrived = std::get_if<DraftsArrived>(&message)) {
        m_drafts.take(*arrived);
    } else if (auto* fault = std::get_if<DraftsFaulted>(&message)) {
        m_drafts.take(*fault);
    } else if (std::holds_alternative<RefreshWanted>(message)) {
        Q_EMIT refreshWanted();
    } else if (auto* change = std::get_if<Change>(&message)) {
        ++batch.size;
        if (auto* product = std::get_if<ProductSummary>(change))
            batch.products.push_back(std::move(*product));
        else if (auto* order = std::get_if<VendorOrderCard>(change))
            batch.vendorOrders.push_back(std::move(*order));
        else if (auto* ticket = std::get_if<Ticket>(change))
            batch.tickets.push_back(std::move(*ticket));
        else if (auto* hold = std::get_if<Hold>(change))
            batch.holds.push_back(std::move(*hold));
        else if (auto* reservation = std::get_if<Reservation>(change))
            batch.reservations.push_back(std::move(*reservation));
        else if (auto* vendor = std::get_if<Vendor>(change))
            batch.vendors.push_back(std::move(*vendor));
        else if (auto* waiting = std::get_if<WaitlistEntry>(change))
            batch.waiting.push_back(std::move(*waiting));
        else if (auto* opening = std::get_if<Opening>(change))
            batch.openings.push_back(std::move(*opening));
        else if (auto* slot = std::get_if<Slot>(change))
            batch.changedSlots.push_back(std::move(*slot));
        else if (auto* rule = std::get_if<SlotRule>(change))
            batch.rules.push_back(std::move(*rule));
        else if (auto* conflict = std::get_if<Conflict>(change))
            batch.conflicts.push_back(std::move(*conflict));
        else if (auto* stock = std::get_if<protocol::StockChanged>(change)) {
            batch.stock.push_back(stock->level);
            if (stock->level.kind == StockKind::Capacity)
                batch.cells.push_back({stock->level, stock->localDate, stock->label});
        }
    }
}

void ThreadedBackend::emitBatch(Batch& batch)
{
    if (!batch.products.empty())
        Q_EMIT m_catalogue.productsChanged(batch.products);
    if (!batch.vendorOrders.empty())
        Q_EMIT m_orders.vendorOrdersChanged(batch.vendorOrders);
    if (!batch.tickets.empty())
        Q_EMIT m_reservations.ticketsChanged(batch.tickets);
    if (!batch.holds.empty())
        Q_EMIT m_reservations.holdsChanged(batch.holds);
    if (!batch.reservations.empty())
        Q_EMIT m_reservations.reservationsChanged(batch.reservations);
    if (!batch.vendors.empty())
        Q_EMIT m_catalogue.vendorsChanged(batch.vendors);
    if (!batch.stock.empty())
        Q_EMIT m_catalogue.stockChanged(batch.stock);
    if (!batch.cells.empty())
        Q_EMIT m_reservations.cellsChanged(batch.cells);
    if (!batch.waiting.empty())
        Q_EMIT m_waitlist.entriesChanged(batch.waiting);
    if (!batch.openings.empty())
        Q_EMIT m_waitlist.openingsChanged(batch.openings);
    if (!batch.changedSlots.empty())
        Q_EMIT m_slots.slotsChanged(batch.changedSlots);
    if (!batch.rules.empty())
        Q_EMIT m_slots.rulesChanged(batch.rules);
    if (!batch.conflicts.empty())
        Q_EMIT m_security.conflictsChanged(batch.conflicts);
}

void ThreadedBackend::stop()
{
    NARU_ASSERT_UI();
    m_in.close();
    m_draftsIn.close();
    Q_EMIT m_thread.wakeEngine();
    if (!m_thread.waitUntilDone(m_limits.stopThread)) {
        qCCritical(lcThread) << "the backend thread does not end; leaving it behind";
        std::_Exit(70); // its objects may be in use: running destructors now would be worse
    }
    while (auto message = m_out.pop()) // writes that ended meanwhile
        if (auto* answer = std::get_if<Answer>(&*message))
            m_dispatcher.calls().deliver(std::move(*answer));
    Error e;
    e.kind = ErrorKind::ShuttingDown;
    e.code = u"shutting-down"_s;
    e.detail = u"the program is ending"_s;
    m_dispatcher.calls().refuseAll(e);
}

} // namespace naru::backend
