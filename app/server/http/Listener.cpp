// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Listener.h"

#include "core/Clock.h"
#include "server/http/HttpConnection.h"
#include "server/http/TlsContext.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

Q_LOGGING_CATEGORY(logHttp, "naru.server.http", QtInfoMsg)

namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

constexpr int kThreads = 2;
constexpr Millis kAcceptPause{100};

Error failure(const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Invalid;
    e.code = u"listen-failed"_s;
    e.detail = detail;
    return e;
}

} // namespace

struct Listener::Private {
    explicit Private(const Config& c) : config(c) {}

    Result<Done> bind();
    void accept();
    void take(tcp::socket socket);
    std::vector<std::shared_ptr<HttpConnection>> open() const;
    void endAll(bool gently);

    const Config& config;
    net::io_context io{kThreads};
    std::optional<net::executor_work_guard<net::io_context::executor_type>> work;
    std::optional<net::ssl::context> tls;
    std::optional<tcp::acceptor> acceptor; // used on `acceptStrand` after start
    net::strand<net::io_context::executor_type> acceptStrand{io.get_executor()};
    net::steady_timer pause{io};
    std::optional<ConnectionShared> shared;
    std::vector<std::thread> threads;
    int port = 0;

    mutable std::mutex lock;
    std::condition_variable changed;
    std::unordered_map<const void*, std::weak_ptr<HttpConnection>> connections;
    bool stopping = false;
};

Result<Done> Listener::Private::bind()
{
    error_code ec;
    const auto address = net::ip::make_address(config.listenAddress.toStdString(), ec);
    const QString where = u"%1 port %2"_s.arg(config.listenAddress).arg(config.port);
    if (ec)
        return failure(u"%1 is no address"_s.arg(where));
    const tcp::endpoint endpoint(address, static_cast<unsigned short>(config.port));
    acceptor.emplace(acceptStrand);
    acceptor->open(endpoint.protocol(), ec);
    if (!ec)
        acceptor->set_option(net::socket_base::reuse_address(true), ec);
    if (!ec)
        acceptor->bind(endpoint, ec);
    if (!ec)
        acceptor->listen(net::socket_base::max_listen_connections, ec);
    if (ec)
        return failure(u"cannot listen on %1: %2"_s.arg(where, QString::fromStdString(ec.message())));
    port = acceptor->local_endpoint(ec).port();
    return Done{};
}

void Listener::Private::accept()
{
    acceptor->async_accept(net::make_strand(io), [this](const error_code& ec, tcp::socket socket) {
        if (ec == net::error::operation_aborted || !acceptor->is_open())
            return;
        if (!ec) {
            take(std::move(socket));
            return accept();
        }
        // Out of descriptors, usually: try again when some are free, do not spin.
        pause.expires_after(kAcceptPause);
        pause.async_wait(net::bind_executor(acceptStrand, [this](const error_code& stopped) {
            if (!stopped && acceptor->is_open())
                accept();
        }));
    });
}

void Listener::Private::take(tcp::socket socket)
{
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    std::shared_ptr<HttpConnection> connection; // owner: its own open operations
    {
        const std::lock_guard guard(lock);
        if (stopping || connections.size() >= static_cast<std::size_t>(config.maxConnections))
            return; // closed by its destructor
        auto wire = tls ? makeTlsWire(std::move(socket), *tls) : makeWire(std::move(socket));
        connection = HttpConnection::make(std::move(wire), *shared);
        connections.emplace(dynamic_cast<const void*>(connection.get()), connection);
    }
    connection->start();
}

std::vector<std::shared_ptr<HttpConnection>> Listener::Private::open() const
{
    const std::lock_guard guard(lock);
    std::vector<std::shared_ptr<HttpConnection>> out;
    for (const auto& c : connections) {
        if (auto strong = c.second.lock())
            out.push_back(std::move(strong));
    }
    return out;
}

void Listener::Private::endAll(bool gently)
{
    for (const auto& c : open())
        gently ? c->drain() : c->kill();
}

Listener::Listener(const Config& config) : d(std::make_unique<Private>(config)) {}

Listener::~Listener()
{
    stop();
}

Result<Done> Listener::start(HttpHandler& handler)
{
    if (d->config.usesTls()) {
        d->tls.emplace(net::ssl::context::tls_server);
        if (const QString trouble = setUpTls(*d->tls, d->config.tlsCert, d->config.tlsKey); !trouble.isEmpty())
            return failure(trouble);
    }
    if (auto bound = d->bind(); !bound)
        return bound;
    d->shared.emplace(d->config, handler);
    d->shared->requestPrefix = u"%1-"_s.arg(systemRng().next64() & 0xFFFFFFFF, 8, 16, QChar(u'0')).toStdString();
    d->shared->closed = [p = d.get()](const void* c) {
        const std::lock_guard guard(p->lock);
        p->connections.erase(c);
        p->changed.notify_all();
    };
    d->work.emplace(d->io.get_executor());
    d->accept();
    for (int i = 0; i < kThreads; ++i)
        d->threads.emplace_back([p = d.get()] { p->io.run(); });
    return Done{};
}

void Listener::stop()
{
    if (d->threads.empty())
        return;
    net::post(d->acceptStrand, [p = d.get()] {
        error_code ignored;
        p->acceptor->close(ignored);
        p->pause.cancel();
    });
    {
        const std::lock_guard guard(d->lock);
        d->stopping = true;
    }
    d->endAll(true);
    {
        std::unique_lock guard(d->lock);
        if (!d->changed.wait_for(guard, d->config.drainTimeout, [this] { return d->connections.empty(); }))
            qCWarning(logHttp, "%zu connections did not end in time and are cut", d->connections.size());
    }
    d->endAll(false);
    d->work.reset();
    d->io.stop();
    for (std::thread& t : d->threads)
        t.join();
    d->threads.clear();
}

int Listener::port() const
{
    return d->port;
}

int Listener::openConnections() const
{
    const std::lock_guard guard(d->lock);
    return static_cast<int>(d->connections.size());
}

} // namespace naru::server
