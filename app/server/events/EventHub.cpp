// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/EventHub.h"

#include "protocol/WaitlistFields.h"
#include "protocol/Events.h"

#include <QLoggingCategory>
#include <algorithm>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

Q_LOGGING_CATEGORY(logEvents, "naru.server.events", QtInfoMsg)

constexpr char kSessionTopic[] = "auth.session";
constexpr char kKeysTopic[] = "auth.keys";
constexpr int kLoaded = 4'000; // newest events read back at start
constexpr std::size_t kMostHanded = 20'000; // a hub that is further behind reads them itself
constexpr std::size_t kRememberedEnds = 4'096;
constexpr Millis kRetry{1'000};

// The outbox also holds what only the server itself needs (sign-ins); streams carry what the interface declares.
bool isForStreams(const std::string& t)
{
    namespace topic = protocol::topic;
    static const std::unordered_set<std::string> known{topic::kProduct, topic::kVendorOrder, topic::kOrder, topic::kPayment, topic::kTicket, topic::kHold,
        topic::kReservation, topic::kRefund, topic::kStock, topic::kSlot, topic::kSlotRule, topic::kVendor,
        topic::kWaitlist, topic::kOpening, topic::kConflict, topic::kDevice, topic::kHandover};
    return known.count(t) > 0;
}

// When the caller's access token ends; the router has already checked its signature.
std::optional<Instant> tokenEnd(const Request& r)
{
    const std::string value = r.header("authorization");
    const std::size_t first = value.find('.');
    const std::size_t second = first == std::string::npos ? first : value.find('.', first + 1);
    if (second == std::string::npos)
        return std::nullopt;
    const QByteArray payload = QByteArray::fromBase64(
        QByteArray::fromStdString(value.substr(first + 1, second - first - 1)), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto parsed = protocol::parseJson({payload.constData(), static_cast<std::size_t>(payload.size())});
    const protocol::json::object* claims = parsed ? parsed->if_object() : nullptr;
    const protocol::json::value* exp = claims ? claims->if_contains("exp") : nullptr;
    return exp && exp->is_int64() ? std::optional(fromUnixMs(exp->get_int64() * 1000)) : std::nullopt;
}

std::optional<std::int64_t> resumePoint(const Request& r)
{
    std::string text = r.header("last-event-id");
    const char* name = "Last-Event-ID";
    if (text.empty()) {
        const auto it = r.query.find("after");
        if (it == r.query.end())
            return std::nullopt;
        text = it->second;
        name = "after";
    }
    bool ok = false;
    const std::int64_t seq = QByteArray::fromStdString(text).toLongLong(&ok);
    if (!ok || seq < 0)
        throw ProblemError(400, "query-invalid", u"%1 must be the number of an event"_s.arg(QString::fromLatin1(name)));
    return seq;
}

} // namespace

struct EventHub::Core {
    Core(const Clock& c, std::size_t bytes) : clock(c), ring(bytes) {}

    const Clock& clock;
    EventRing ring;
    std::mutex lock; // what follows
    std::unordered_set<Stream*> streams; // not owned: each takes itself out
    std::unordered_map<SessionId, SessionEnded> ended;
    std::deque<SessionId> endedOrder;
    bool closing = false;
};

// One reader. take, heartbeat and detach on its connection's strand; the rest from anywhere under the core's lock.
class EventHub::Stream final : public StreamBody {
public:
    Stream(std::shared_ptr<Core> core, const Principal& who, std::optional<Instant> end, std::optional<std::int64_t> after)
        : m_core(std::move(core)), m_sid(who.sid), m_reader{who.vendorId, who.userId, who.has(u"session.review"_s)}, m_end(end), m_cursor(after.value_or(m_core->ring.newest()))
    {
        if (!after) // so that a client that is cut before the first event knows where to resume
            m_private.push_back(std::make_shared<const std::string>("id: " + std::to_string(m_cursor) + "\n\n"));
        const std::lock_guard guard(m_core->lock);
        m_core->streams.insert(this);
        if (const auto it = m_core->ended.find(m_sid); it != m_core->ended.end())
            endLocked(it->second);
        m_over = m_over || m_core->closing;
    }
    ~Stream() override { detach(); }

    void attach(std::function<void()> wake) override
    {
        const std::lock_guard guard(m_core->lock);
        m_wake = std::move(wake);
    }

    bool take(std::vector<Piece>& out, std::size_t maxBytes) override
    {
        bool over = false;
        std::vector<Piece> own;
        {
            const std::lock_guard guard(m_core->lock);
            over = m_over;
            own.swap(m_private);
        }
        if (!over)
            out.insert(out.end(), own.begin(), own.end());
        m_core->ring.read(m_cursor, m_reader, out, maxBytes);
        if (over)
            out.insert(out.end(), own.begin(), own.end());
        return !over && (!m_end || m_core->clock.now() < *m_end);
    }

    Piece heartbeat() override
    {
        static const Piece lag = std::make_shared<const std::string>(": lag\n\n");
        return lag;
    }

    void detach() override
    {
        const std::lock_guard guard(m_core->lock);
        m_core->streams.erase(this);
        m_wake = nullptr;
    }

    // Under the core's lock.
    void endLocked(const SessionEnded& how)
    {
        if (m_over)
            return;
        m_private.push_back(makeFrame(0, protocol::topic::kSessionEnded, protocol::json::serialize(protocol::toJson(how))));
        m_over = true;
    }
    void tellLocked(const Piece& frame)
    {
        if (!m_over)
            m_private.push_back(frame);
    }
    void closeLocked() { m_over = true; }
    const std::function<void()>& wakeLocked() const { return m_wake; }
    const SessionId& sid() const { return m_sid; }
    const std::optional<VendorId>& vendor() const { return m_reader.vendor; }

private:
    const std::shared_ptr<Core> m_core;
    const SessionId m_sid;
    const Reader m_reader;
    const std::optional<Instant> m_end;
    std::int64_t m_cursor; // strand only
    std::function<void()> m_wake;
    std::vector<Piece> m_private; // for this stream alone
    bool m_over = false;
};

EventHub::EventHub(const Clock& clock, std::size_t bufferBytes) : m_core(std::make_shared<Core>(clock, bufferBytes)) {}

EventHub::~EventHub()
{
    stop();
}

void EventHub::onSession(SessionListener listener) { m_session = std::move(listener); }
void EventHub::onKeys(KeysListener listener) { m_keys = std::move(listener); }

QString EventHub::start(Opener open)
{
    m_thread = std::thread([this, o = std::move(open)] { run(o); });
    std::unique_lock guard(m_lock);
    m_changed.wait(guard, [this] { return m_ready; });
    return m_trouble;
}

void EventHub::stop()
{
    {
        const std::lock_guard guard(m_lock);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    std::vector<std::function<void()>> wakes;
    {
        const std::lock_guard guard(m_core->lock);
        m_core->closing = true;
        for (Stream* s : m_core->streams) {
            s->closeLocked();
            wakes.push_back(s->wakeLocked());
        }
    }
    for (const auto& wake : wakes) {
        if (wake)
            wake();
    }
}

void EventHub::committed(std::int64_t newestSeq)
{
    {
        const std::lock_guard guard(m_lock);
        m_target = std::max(m_target, newestSeq);
    }
    m_changed.notify_one();
}

void EventHub::committed(Writer::Events events)
{
    {
        const std::lock_guard guard(m_lock);
        m_target = std::max(m_target, events->back().seq);
        m_handedCount += events->size();
        m_handed.push_back(std::move(events));
        if (m_handedCount > kMostHanded) {
            m_handed.clear();
            m_handedCount = 0;
        }
    }
    m_changed.notify_one();
}

void EventHub::run(const Opener& open)
{
    std::unique_ptr<Connection> db;
    QString trouble;
    try {
        db = open();
        load(*db);
    } catch (const std::exception& e) {
        trouble = QString::fromUtf8(e.what());
    }
    std::unique_lock guard(m_lock);
    m_trouble = trouble;
    m_ready = true;
    m_changed.notify_all();
    if (!trouble.isEmpty())
        return;
    while (!m_stopping) {
        if (m_target <= m_core->ring.newest()) {
            m_changed.wait(guard);
            continue;
        }
        const std::deque<Writer::Events> handed = std::exchange(m_handed, {});
        m_handedCount = 0;
        const std::int64_t target = m_target;
        guard.unlock();
        bool failed = false;
        try {
            if (!db || !db->usable())
                db = open();
            takeOver(*db, handed);
            if (m_core->ring.newest() < target)
                readNew(*db, target);
        } catch (const StoreError& e) {
            if (db && !db->usable())
                qCInfo(logEvents, "the connection is opened again: %s", e.what());
            else
                qCWarning(logEvents, "cannot read new events: %s", e.what());
            failed = true;
        } catch (const std::exception& e) {
            qCWarning(logEvents, "cannot read new events: %s", e.what());
            failed = true;
        }
        guard.lock();
        if (failed)
            m_changed.wait_for(guard, kRetry, [this] { return m_stopping; });
    }
}

void EventHub::load(Connection& db)
{
    const std::int64_t newest = newestEvent(db);
    // What the outbox no longer holds cannot be resumed either.
    m_core->ring.begin(eventsBegin(db, std::max<std::int64_t>(0, newest - kLoaded)));
    {
        const std::lock_guard guard(m_lock);
        m_target = std::max(m_target, newest);
    }
    while (m_core->ring.newest() < newest)
        readNew(db, newest);
    m_loading = false;
}

void EventHub::readNew(Connection& db, std::int64_t upTo)
{
    const std::int64_t from = m_core->ring.newest();
    std::vector<OutboxEvent> events;
    try {
        events = readEvents(db, from, upTo);
    } catch (const UnreadablePage& e) { // the consoles read anew what they show, and events go on
        qCCritical(logEvents, "%s; streams begin anew after them", e.what());
        m_core->ring.begin(e.last);
        wakeAll();
        return;
    }
    if (events.empty()) { // rolled back after all: nothing to wait for
        const std::lock_guard guard(m_lock);
        if (m_target == upTo)
            m_target = from;
        return;
    }
    append(db, events);
}

// What another server wrote in between has lower numbers, and so it was committed before: it is there to be read.
void EventHub::takeOver(Connection& db, const std::deque<Writer::Events>& handed)
{
    for (const Writer::Events& events : handed) {
        const std::int64_t before = events->front().seq - 1;
        for (std::int64_t at = m_core->ring.newest(); at < before; at = m_core->ring.newest()) {
            readNew(db, before);
            if (m_core->ring.newest() == at)
                break;
        }
        append(db, *events);
    }
}

void EventHub::append(Connection& db, const std::vector<OutboxEvent>& events)
{
    const std::int64_t newest = m_core->ring.newest();
    const bool mask = vendorsListen();
    std::vector<Frame> frames;
    frames.reserve(events.size());
    for (const OutboxEvent& e : events) {
        if (e.seq <= newest)
            continue;
        Frame frame{e.seq, e.vendor, isForStreams(e.topic) ? makeFrame(e.seq, e.topic, e.payload) : nullptr, std::nullopt};
        frame.review = e.topic == protocol::topic::kConflict;
        if (e.topic == protocol::topic::kDevice || e.topic == protocol::topic::kHandover)
            frame.only = UserId{e.entity};
        if (mask && frame.bytes && frame.vendor)
            frame.masked = maskedFrame(*frame.bytes);
        frames.push_back(std::move(frame));
        if (m_session && !m_loading && e.topic == kSessionTopic)
            m_session(db, SessionId{e.entity});
        if (m_keys && !m_loading && e.topic == kKeysTopic)
            m_keys(db);
    }
    m_core->ring.append(frames);
    wakeStreams(frames);
}

bool EventHub::vendorsListen() const
{
    const std::lock_guard guard(m_core->lock);
    return std::any_of(m_core->streams.begin(), m_core->streams.end(), [](const Stream* s) { return s->vendor().has_value(); });
}

void EventHub::wakeAll()
{
    std::vector<std::function<void()>> wakes;
    {
        const std::lock_guard guard(m_core->lock);
        for (const Stream* s : m_core->streams)
            if (s->wakeLocked())
                wakes.push_back(s->wakeLocked());
    }
    for (const auto& wake : wakes)
        wake();
}

void EventHub::wakeStreams(const std::vector<Frame>& fresh)
{
    std::vector<VendorId> vendors;
    bool any = false;
    for (const Frame& f : fresh) {
        any = any || f.bytes;
        if (f.bytes && f.vendor && std::find(vendors.begin(), vendors.end(), *f.vendor) == vendors.end())
            vendors.push_back(*f.vendor);
    }
    std::vector<std::function<void()>> wakes;
    {
        const std::lock_guard guard(m_core->lock);
        for (const Stream* s : m_core->streams) {
            if (any && s->wakeLocked() && (!s->vendor() || std::find(vendors.begin(), vendors.end(), *s->vendor()) != vendors.end()))
                wakes.push_back(s->wakeLocked());
        }
    }
    for (const auto& wake : wakes)
        wake();
}

void EventHub::endSession(const SessionId& sid, const SessionEnded& how)
{
    std::vector<std::function<void()>> wakes;
    {
        const std::lock_guard guard(m_core->lock);
        if (m_core->ended.emplace(sid, how).second)
            m_core->endedOrder.push_back(sid);
        if (m_core->endedOrder.size() > kRememberedEnds) {
            m_core->ended.erase(m_core->endedOrder.front());
            m_core->endedOrder.pop_front();
        }
        for (Stream* s : m_core->streams) {
            if (s->sid() != sid)
                continue;
            s->endLocked(how);
            if (s->wakeLocked())
                wakes.push_back(s->wakeLocked());
        }
    }
    for (const auto& wake : wakes)
        wake();
}

void EventHub::tellSession(const SessionId& sid, const char* topic, const protocol::json::object& data)
{
    const auto frame = makeFrame(0, topic, protocol::json::serialize(data));
    std::vector<std::function<void()>> wakes;
    {
        const std::lock_guard guard(m_core->lock);
        for (Stream* s : m_core->streams) {
            if (s->sid() != sid)
                continue;
            s->tellLocked(frame);
            if (s->wakeLocked())
                wakes.push_back(s->wakeLocked());
        }
    }
    for (const auto& wake : wakes)
        wake();
}

Response EventHub::open(const Request& request)
{
    Response r;
    r.contentType = "text/event-stream";
    r.headers.emplace_back("X-Accel-Buffering", "no");
    r.stream = std::make_shared<Stream>(m_core, *request.principal, tokenEnd(request), resumePoint(request));
    return r;
}

int EventHub::streams() const
{
    const std::lock_guard guard(m_core->lock);
    return static_cast<int>(m_core->streams.size());
}

} // namespace naru::server
