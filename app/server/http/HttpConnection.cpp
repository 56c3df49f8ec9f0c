// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/HttpConnection.h"

#include "server/api/Problems.h"
#include "server/http/AnswerHead.h"
#include "server/http/Deadline.h"
#include "server/http/RequestHead.h"
#include "server/http/StreamPump.h"

#include <optional>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

using namespace Qt::StringLiterals;

namespace naru::server {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kLingerBytes = 256 * 1024;
constexpr Millis kLingerTime{2'000};

class Session;

// Answers once: a handler that forgets to must not leave the client waiting.
struct Pending {
    Pending(std::shared_ptr<Session> s, std::uint64_t n) : session(std::move(s)), number(n) {}
    ~Pending();
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    void answer(Response response);

    std::shared_ptr<Session> session;
    std::uint64_t number;
    std::atomic_bool answered = false;
};

class Session final : public HttpConnection, public std::enable_shared_from_this<Session> {
public:
    Session(std::unique_ptr<Wire> wire, ConnectionShared& shared)
        : m_wire(std::move(wire)), m_shared(shared), m_deadline(m_wire->executor())
    {
    }
    ~Session() override { m_shared.closed(this); }

    void start() override { onStrand(&Session::open); }
    void drain() override { onStrand(&Session::drainNow); }
    void kill() override { onStrand(&Session::closeNow); }
    // Any thread: the answer to request number n.
    void answer(std::uint64_t n, Response response)
    {
        net::post(m_wire->executor(), [self = shared_from_this(), n, r = std::move(response)]() mutable {
            if (self->m_phase == Phase::Handle && n == self->m_number)
                self->send(std::move(r));
        });
    }
private:
    enum class Phase { Open, Idle, Head, Body, Handle, Write, Linger, Stream, Closed };

    void onStrand(void (Session::*method)())
    {
        net::dispatch(m_wire->executor(), [self = shared_from_this(), method] { (self.get()->*method)(); });
    }
    void arm(Millis limit)
    {
        m_deadline.arm(limit);
    }

    void open();
    void drainNow();
    void closeNow();
    void expired();
    void nextRequest();
    void readMore();
    void parse();
    bool headDone();
    void bodyDone();
    void failed(const error_code& ec);
    void refuse(const HeadFault& fault);
    void send(Response response);
    void sent(const error_code& ec);
    void linger();
    void beginStream();

    std::unique_ptr<Wire> m_wire;
    ConnectionShared& m_shared;
    Deadline m_deadline;
    Phase m_phase = Phase::Open;
    boost::beast::flat_buffer m_in;
    std::optional<http::request_parser<http::string_body>> m_parser;
    Request m_request;
    std::optional<Response> m_early; // refused by its head; sent when the body is through
    std::uint64_t m_number = 0;
    bool m_first = true;
    bool m_keepAlive = true;
    bool m_draining = false;
    std::size_t m_lingered = 0;
    std::string m_head; // of the answer being written
    std::string m_body;
    std::shared_ptr<StreamPump> m_stream;
};

Pending::~Pending()
{
    if (!answered)
        session->answer(number, problemResponse(500, "internal", u"the server has no answer to this"_s, {}));
}

void Pending::answer(Response response)
{
    if (!answered.exchange(true))
        session->answer(number, std::move(response));
}

void Session::open()
{
    m_deadline.onExpired([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->expired();
    });
    arm(m_shared.config.headerTimeout);
    m_wire->open([self = shared_from_this()](const error_code& ec, std::size_t) { ec ? self->closeNow() : self->nextRequest(); });
}

void Session::drainNow()
{
    m_draining = true;
    if (m_phase == Phase::Open || m_phase == Phase::Idle)
        closeNow();
    else if (m_phase == Phase::Stream)
        m_stream->end();
}

void Session::closeNow()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    m_deadline.disarm();
    if (m_stream)
        m_stream->gone();
    m_wire->close();
}

void Session::expired()
{
    // 408 only where a client waits for an answer; a silent or a stuck one is simply left.
    if (m_phase == Phase::Head || m_phase == Phase::Body)
        m_wire->cancel();
    else
        closeNow();
}

void Session::nextRequest()
{
    if (m_phase == Phase::Closed)
        return;
    if (m_draining)
        return closeNow();
    m_parser.emplace();
    m_parser->header_limit(static_cast<std::uint32_t>(m_shared.config.headerLimit));
    m_parser->body_limit(static_cast<std::uint64_t>(m_shared.config.bodyLimit));
    m_request = {};
    m_early.reset();
    ++m_number;
    m_keepAlive = false; // until a head says so
    const auto n = m_shared.nextRequest.fetch_add(1, std::memory_order_relaxed);
    m_request.requestId = QString::fromStdString(m_shared.requestPrefix) + QString::number(n, 16);
    m_request.remoteAddress = QString::fromStdString(m_wire->remoteAddress());
    if (m_in.size() > 0) {
        m_phase = Phase::Head;
        arm(m_shared.config.headerTimeout);
        return parse();
    }
    m_phase = Phase::Idle;
    arm(m_first ? m_shared.config.headerTimeout : m_shared.config.idleTimeout);
    m_first = false;
    readMore();
}

void Session::readMore()
{
    const auto space = m_in.prepare(kReadSize);
    m_wire->read(static_cast<char*>(space.data()), space.size(), [self = shared_from_this()](const error_code& ec, std::size_t n) {
        if (self->m_phase == Phase::Closed)
            return;
        if (ec)
            return self->failed(ec);
        self->m_in.commit(n);
        if (self->m_phase == Phase::Idle) {
            self->m_phase = Phase::Head;
            self->arm(self->m_shared.config.headerTimeout);
        }
        self->parse();
    });
}

void Session::parse()
{
    error_code ec;
    while (m_in.size() > 0 && !m_parser->is_done()) {
        const std::size_t used = m_parser->put(m_in.data(), ec);
        m_in.consume(used);
        if (ec == http::error::need_more)
            break;
        if (ec)
            return refuse(faultOf(ec));
        if (m_phase == Phase::Head && m_parser->is_header_done() && !headDone())
            return;
    }
    if (m_phase == Phase::Body && m_parser->is_done())
        return bodyDone();
    // What the parser cannot use yet is an unfinished line or head: it may not grow without end.
    if (m_in.size() > static_cast<std::size_t>(m_shared.config.headerLimit))
        return refuse(faultOf(m_phase == Phase::Head ? http::error::header_limit : http::error::bad_chunk));
    readMore();
}

// False: something was sent instead of going on.
bool Session::headDone()
{
    const auto& head = m_parser->get();
    m_keepAlive = head.keep_alive();
    if (auto fault = readHead(head, m_request)) {
        refuse(*fault);
        return false;
    }
    m_early = m_shared.handler.admit(m_request);
    m_phase = Phase::Body;
    arm(m_shared.config.bodyTimeout);
    m_parser->eager(true);
    const std::string expect = m_request.header("expect");
    if (expect.empty() || m_parser->is_done())
        return true;
    if (m_early || expect != "100-continue") { // the client has not sent the body and will not
        m_keepAlive = false;
        Response r = m_early ? std::move(*m_early) : problemResponse(417, "expectation-unknown", u"only 100-continue can be expected"_s, m_request.requestId);
        m_phase = Phase::Handle;
        send(std::move(r));
        return false;
    }
    static const std::string go = "HTTP/1.1 100 Continue\r\n\r\n";
    m_wire->write({{go.data(), go.size()}}, [self = shared_from_this()](const error_code& ec, std::size_t) {
        if (self->m_phase == Phase::Closed)
            return;
        ec ? self->closeNow() : self->parse();
    });
    return false;
}

void Session::bodyDone()
{
    m_deadline.disarm(); // the handler has limits of its own
    m_phase = Phase::Handle;
    if (m_early)
        return send(std::move(*m_early));
    m_request.body = std::move(m_parser->get().body());
    auto pending = std::make_shared<Pending>(shared_from_this(), m_number); // owners: copies of the respond function
    Request request = std::move(m_request);
    m_request = {};
    m_request.method = request.method; // still needed for the answer
    m_request.requestId = request.requestId;
    m_shared.handler.handle(std::move(request), [pending](Response r) { pending->answer(std::move(r)); });
}

void Session::failed(const error_code& ec)
{
    const bool timedOut = ec == net::error::operation_aborted && m_deadline.hasExpired();
    if (timedOut && (m_phase == Phase::Head || m_phase == Phase::Body))
        return refuse({408, "request-timeout", u"the request did not arrive in time"_s});
    closeNow();
}

void Session::refuse(const HeadFault& fault)
{
    m_keepAlive = false;
    m_phase = Phase::Handle;
    send(problemResponse(fault.status, fault.code, fault.detail, m_request.requestId));
}

void Session::send(Response response)
{
    m_phase = Phase::Write;
    m_keepAlive = m_keepAlive && !m_draining;
    const bool isHead = m_request.method == "HEAD";
    const bool chunked = response.stream && m_parser && m_parser->get().version() == 11;
    m_keepAlive = m_keepAlive && (!response.stream || isHead);
    m_head = answerHead(response, m_request, m_keepAlive, chunked);
    if (response.stream && !isHead)
        m_stream = std::make_shared<StreamPump>(*m_wire, std::move(response.stream), m_shared.config.writeTimeout, chunked); // owners: this, its operations
    m_body = isHead ? std::string() : std::move(response.body);
    arm(m_shared.config.writeTimeout);
    std::vector<Wire::Bytes> bytes{{m_head.data(), m_head.size()}};
    if (!m_body.empty())
        bytes.push_back({m_body.data(), m_body.size()});
    m_wire->write(bytes, [self = shared_from_this()](const error_code& ec, std::size_t) { self->sent(ec); });
}

void Session::sent(const error_code& ec)
{
    if (m_phase == Phase::Closed)
        return;
    std::string().swap(m_body);
    std::string().swap(m_head);
    if (ec)
        return closeNow();
    if (m_stream)
        return beginStream();
    if (m_keepAlive)
        return nextRequest();
    linger();
}

// Closing while the client still sends would throw the answer away before it is read: say "no more" and swallow the rest.
void Session::linger()
{
    if (m_phase != Phase::Linger) {
        m_phase = Phase::Linger;
        m_parser.reset();
        m_in.clear();
        arm(kLingerTime);
        return m_wire->finish([self = shared_from_this()](const error_code& ec, std::size_t) {
            if (self->m_phase == Phase::Closed)
                return;
            ec ? self->closeNow() : self->linger();
        });
    }
    const auto space = m_in.prepare(kReadSize);
    m_wire->read(static_cast<char*>(space.data()), space.size(), [self = shared_from_this()](const error_code& ec, std::size_t n) {
        self->m_lingered += n;
        if (self->m_phase == Phase::Closed)
            return;
        ec || self->m_lingered > kLingerBytes ? self->closeNow() : self->linger();
    });
}

void Session::beginStream()
{
    m_phase = Phase::Stream;
    m_deadline.disarm();
    m_parser.reset();
    m_in = boost::beast::flat_buffer();
    m_request = {};
    m_stream->start(weak_from_this(), [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->closeNow();
    });
    // The client says nothing more on this connection: whatever comes, it is leaving.
    const auto space = m_in.prepare(64);
    m_wire->read(static_cast<char*>(space.data()), space.size(), [self = shared_from_this()](const error_code&, std::size_t) { self->closeNow(); });
    if (m_draining)
        m_stream->end();
}

} // namespace

std::shared_ptr<HttpConnection> HttpConnection::make(std::unique_ptr<Wire> wire, ConnectionShared& shared)
{
    return std::make_shared<Session>(std::move(wire), shared);
}

} // namespace naru::server
