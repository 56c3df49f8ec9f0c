// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Client.h"

#include <atomic>
#include <mutex>
#include <optional>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace naru::server {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

Error failure(ErrorKind kind, const char* code, const std::string& detail)
{
    Error e;
    e.kind = kind;
    e.code = QString::fromLatin1(code);
    e.detail = QString::fromStdString(detail);
    e.retryable = true;
    return e;
}

Error failure(const error_code& ec)
{
    if (ec == beast::error::timeout)
        return failure(ErrorKind::Timeout, "timeout", "no answer in time");
    return failure(ErrorKind::Offline, "offline", ec.message());
}

std::string lower(std::string_view s)
{
    std::string out(s);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

} // namespace

struct Client::Private {
    explicit Private(Options o) : options(std::move(o)) {}

    using Tls = beast::ssl_stream<beast::tcp_stream>;
    Options options;
    net::io_context io;
    net::ssl::context tlsContext{net::ssl::context::tls_client};
    std::unique_ptr<beast::tcp_stream> plain;
    std::unique_ptr<Tls> tls;
    beast::flat_buffer buffer;
    bool reused = false; // an exchange already went over this connection
    std::mutex lock; // plain and tls against abort()
    std::atomic_bool aborted = false;

    bool isOpen() const { return plain || tls; }
    beast::tcp_stream& lowest() { return tls ? tls->next_layer() : *plain; }

    // Starts one asynchronous operation and runs it to its end: that is how the stream's timeout works.
    template <class Start> error_code run(Millis timeout, Start start)
    {
        std::optional<error_code> result;
        lowest().expires_after(timeout);
        start([&result](error_code ec, auto&&...) { result = ec; });
        io.restart();
        while (!result && io.run_one() > 0) { }
        return aborted ? net::error::operation_aborted : result.value_or(net::error::operation_aborted);
    }

    void drop()
    {
        const std::lock_guard guard(lock);
        plain.reset();
        tls.reset();
        buffer.clear();
        reused = false;
    }

    error_code open();
    error_code handshake();
    template <class F> error_code exchange(F f) { return tls ? f(*tls) : f(*plain); }
    http::request<http::string_body> request(const std::string& method, const std::string& target, const std::string& body, const Headers& headers) const;
    void prove(http::request<http::string_body>& request) const;
    bool wantsNonce(const Reply& reply) const; // and keeps what it tells
    error_code once(const http::request<http::string_body>& request, Reply& reply, bool& answered);
};

error_code Client::Private::open()
{
    error_code ec;
    net::ip::tcp::resolver resolver(io);
    const auto endpoints = resolver.resolve(options.host, std::to_string(options.port), ec);
    if (ec)
        return ec;
    {
        const std::lock_guard guard(lock);
        if (options.tls)
            tls = std::make_unique<Tls>(io, tlsContext);
        else
            plain = std::make_unique<beast::tcp_stream>(io);
    }
    ec = run(options.timeout, [&](auto done) { lowest().async_connect(endpoints, std::move(done)); });
    if (!ec) {
        error_code ignored;
        lowest().socket().set_option(net::ip::tcp::no_delay(true), ignored);
        if (tls)
            ec = handshake();
    }
    if (ec)
        drop();
    return ec;
}

error_code Client::Private::handshake()
{
    error_code ec;
    if (options.checkPeer) {
        tls->set_verify_mode(net::ssl::verify_peer, ec);
        tls->set_verify_callback(net::ssl::host_name_verification(options.host), ec);
    } else {
        tls->set_verify_mode(net::ssl::verify_none, ec);
    }
    if (ec)
        return ec;
    SSL_set_tlsext_host_name(tls->native_handle(), options.host.c_str());
    return run(options.timeout, [&](auto done) { tls->async_handshake(net::ssl::stream_base::client, std::move(done)); });
}

http::request<http::string_body> Client::Private::request(
    const std::string& method, const std::string& target, const std::string& body, const Headers& headers) const
{
    http::request<http::string_body> r;
    r.version(11);
    r.method_string(method);
    r.target(target);
    r.set(http::field::host, options.host + ":" + std::to_string(options.port));
    r.set(http::field::user_agent, "narud/" NARU_VERSION);
    if (!body.empty())
        r.set(http::field::content_type, "application/json");
    for (const auto& h : headers)
        r.set(h.first, h.second);
    r.body() = body;
    if (!body.empty() || method == "POST" || method == "PATCH" || method == "PUT")
        r.content_length(body.size());
    return r;
}

void Client::Private::prove(http::request<http::string_body>& request) const
{
    if (!options.key)
        return;
    static constexpr std::string_view kScheme = "DPoP ";
    const auto shown = request[http::field::authorization];
    const std::string_view authorization(shown.data(), shown.size());
    const std::string token(authorization.substr(0, kScheme.size()) == kScheme ? authorization.substr(kScheme.size()) : std::string_view());
    const auto host = request[http::field::host];
    const auto target = request.target();
    const std::string path(target.substr(0, target.find('?')));
    request.set("DPoP", options.key->proof(std::string(request.method_string()), (options.tls ? "https://" : "http://") + std::string(host) + path, token));
}

bool Client::Private::wantsNonce(const Reply& reply) const
{
    if (!options.key)
        return false;
    options.key->noteNonce(reply.header("dpop-nonce"));
    return (reply.status == 401 || reply.status == 400) && reply.header("www-authenticate").find("use_dpop_nonce") != std::string::npos;
}

error_code Client::Private::once(const http::request<http::string_body>& request, Reply& reply, bool& answered)
{
    error_code ec = exchange([&](auto& s) { return run(options.timeout, [&](auto done) { http::async_write(s, request, std::move(done)); }); });
    if (ec)
        return ec;
    http::response_parser<http::string_body> parser;
    parser.body_limit(options.maxBody);
    parser.header_limit(64 * 1024);
    if (request.method() == http::verb::head)
        parser.skip(true);
    do {
        ec = exchange([&](auto& s) { return run(options.timeout, [&](auto done) { http::async_read(s, buffer, parser, std::move(done)); }); });
        answered = answered || parser.got_some();
    } while (!ec && parser.get().result_int() == 100);
    if (ec)
        return ec;
    const auto& message = parser.get();
    reply.status = static_cast<int>(message.result_int());
    for (const auto& f : message)
        reply.headers[lower({f.name_string().data(), f.name_string().size()})] = std::string(f.value());
    reused = true;
    const bool keep = message.keep_alive();
    reply.body = std::move(parser.get().body());
    if (!keep)
        drop();
    return {};
}

Client::Client(Options options) : d(std::make_unique<Private>(std::move(options)))
{
    if (!d->options.tls)
        return; // reading the system's authorities costs more than a request
    error_code ec;
    if (d->options.caFile.empty())
        d->tlsContext.set_default_verify_paths(ec);
    else
        d->tlsContext.load_verify_file(d->options.caFile, ec);
}

Client::~Client() = default;

Result<Client::Reply> Client::call(const std::string& method, const std::string& target, const std::string& body, const Headers& headers)
{
    auto request = d->request(method, target, body, headers);
    for (bool told = false;;) {
        d->prove(request); // each try has its own: a proof is good once
        if (d->aborted)
            return failure(ErrorKind::Cancelled, "cancelled", "aborted");
        const bool wasReused = d->isOpen() && d->reused;
        if (!d->isOpen()) {
            if (const error_code ec = d->open())
                return failure(ec);
        }
        Reply reply;
        bool answered = false;
        const error_code ec = d->once(request, reply, answered);
        if (!ec && d->wantsNonce(reply) && !std::exchange(told, true))
            continue;
        if (!ec)
            return reply;
        d->drop();
        if (d->aborted)
            return failure(ErrorKind::Cancelled, "cancelled", "aborted");
        if (!wasReused || answered || ec == beast::error::timeout)
            return failure(ec);
    }
}

Result<Done> Client::stream(const std::string& target, const Headers& headers, const std::function<bool(const Reply&)>& head, const LineCallback& line,
    Millis silence)
{
    if (d->options.key)
        (void)call("GET", "/v1/session", {}, headers); // an answer that tells a nonce, should the kept one be too old
    d->drop();
    if (const error_code ec = d->open())
        return failure(ec);
    auto request = d->request("GET", target, {}, headers);
    request.set(http::field::accept, "text/event-stream");
    d->prove(request);
    error_code ec = d->exchange([&](auto& s) { return d->run(silence, [&](auto done) { http::async_write(s, request, std::move(done)); }); });
    http::response_parser<http::string_body> parser;
    parser.body_limit(boost::none);
    if (!ec)
        ec = d->exchange([&](auto& s) { return d->run(silence, [&](auto done) { http::async_read_header(s, d->buffer, parser, std::move(done)); }); });
    Reply reply;
    if (!ec) {
        reply.status = static_cast<int>(parser.get().result_int());
        for (const auto& f : parser.get())
            reply.headers[lower({f.name_string().data(), f.name_string().size()})] = std::string(f.value());
    }
    std::string pending;
    bool going = !ec && head(reply);
    while (going && !ec && !parser.is_done()) {
        ec = d->exchange([&](auto& s) { return d->run(silence, [&](auto done) { http::async_read_some(s, d->buffer, parser, std::move(done)); }); });
        pending += parser.get().body();
        parser.get().body().clear();
        std::size_t from = 0;
        for (std::size_t end; going && (end = pending.find('\n', from)) != std::string::npos; from = end + 1) {
            const std::size_t length = end > from && pending[end - 1] == '\r' ? end - from - 1 : end - from;
            going = line(std::string_view(pending).substr(from, length));
        }
        pending.erase(0, from);
    }
    d->drop();
    if (d->aborted)
        return failure(ErrorKind::Cancelled, "cancelled", "aborted");
    if (going && ec && ec != http::error::end_of_stream)
        return failure(ec);
    return Done{};
}

void Client::abort()
{
    d->aborted = true;
    const std::lock_guard guard(d->lock);
    if (!d->isOpen())
        return;
    net::post(d->io, [p = d.get()] { // runs on the thread that is inside run()
        if (p->isOpen())
            p->lowest().close();
    });
}

void Client::close()
{
    d->drop();
}

} // namespace naru::server
