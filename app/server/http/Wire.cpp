// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Wire.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace naru::server {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

std::vector<net::const_buffer> buffersOf(const std::vector<Wire::Bytes>& bytes)
{
    std::vector<net::const_buffer> out;
    out.reserve(bytes.size());
    for (const Wire::Bytes& b : bytes)
        out.emplace_back(b.data, b.size);
    return out;
}

std::string addressOf(const tcp::socket& socket)
{
    error_code ec;
    const auto endpoint = socket.remote_endpoint(ec);
    return ec ? std::string() : endpoint.address().to_string();
}

void closeSocket(tcp::socket& socket)
{
    error_code ignored;
    socket.close(ignored);
}

class PlainWire final : public Wire {
public:
    explicit PlainWire(tcp::socket socket) : m_socket(std::move(socket)), m_remote(addressOf(m_socket)) {}

    net::any_io_executor executor() override { return m_socket.get_executor(); }
    std::string remoteAddress() const override { return m_remote; }
    void open(Done done) override { net::post(executor(), [done = std::move(done)] { done({}, 0); }); }
    void read(char* to, std::size_t max, Done done) override { m_socket.async_read_some(net::buffer(to, max), std::move(done)); }
    void write(const std::vector<Bytes>& bytes, Done done) override { net::async_write(m_socket, buffersOf(bytes), std::move(done)); }
    void cancel() override
    {
        error_code ignored;
        m_socket.cancel(ignored);
    }
    void finish(Done done) override
    {
        error_code ec;
        m_socket.shutdown(tcp::socket::shutdown_send, ec);
        net::post(executor(), [done = std::move(done), ec] { done(ec, 0); });
    }
    void close() override { closeSocket(m_socket); }

private:
    tcp::socket m_socket;
    std::string m_remote;
};

class TlsWire final : public Wire {
public:
    TlsWire(tcp::socket socket, net::ssl::context& context) : m_stream(std::move(socket), context), m_remote(addressOf(m_stream.next_layer())) {}

    net::any_io_executor executor() override { return m_stream.get_executor(); }
    std::string remoteAddress() const override { return m_remote; }
    void open(Done done) override
    {
        m_stream.async_handshake(net::ssl::stream_base::server, [done = std::move(done)](const error_code& ec) { done(ec, 0); });
    }
    void read(char* to, std::size_t max, Done done) override { m_stream.async_read_some(net::buffer(to, max), std::move(done)); }
    void write(const std::vector<Bytes>& bytes, Done done) override
    {
        // One piece after the other would make one TLS record each: join them.
        std::size_t size = 0;
        for (const Bytes& b : bytes)
            size += b.size;
        m_joined.clear();
        m_joined.reserve(size);
        for (const Bytes& b : bytes)
            m_joined.append(b.data, b.size);
        net::async_write(m_stream, net::buffer(m_joined), [this, done = std::move(done)](const error_code& ec, std::size_t n) {
            std::string().swap(m_joined); // thousands of silent streams must not keep their last write
            done(ec, n);
        });
    }
    void cancel() override
    {
        error_code ignored;
        m_stream.next_layer().cancel(ignored);
    }
    void finish(Done done) override
    {
        m_stream.async_shutdown([this, done = std::move(done)](const error_code&) {
            error_code ec;
            m_stream.next_layer().shutdown(tcp::socket::shutdown_send, ec);
            done(ec, 0);
        });
    }
    void close() override { closeSocket(m_stream.next_layer()); }

private:
    net::ssl::stream<tcp::socket> m_stream;
    std::string m_remote;
    std::string m_joined;
};

} // namespace

std::unique_ptr<Wire> makeWire(tcp::socket socket)
{
    return std::make_unique<PlainWire>(std::move(socket));
}

std::unique_ptr<Wire> makeTlsWire(tcp::socket socket, net::ssl::context& context)
{
    return std::make_unique<TlsWire>(std::move(socket), context);
}

} // namespace naru::server
