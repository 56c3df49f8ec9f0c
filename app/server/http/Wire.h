// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace naru::server {

// The bytes of one connection, plain or TLS: the seam below HTTP. One read and one write may be open at a time. All calls and
// all callbacks on its executor (a strand). The callbacks keep their owner alive, so no wire dies with an open operation.
class Wire {
public:
    using Done = std::function<void(const boost::system::error_code& error, std::size_t bytes)>;
    struct Bytes {
        const char* data;
        std::size_t size;
    };
    virtual ~Wire() = default;
    virtual boost::asio::any_io_executor executor() = 0;
    virtual std::string remoteAddress() const = 0;
    virtual void open(Done done) = 0; // TLS: the handshake
    virtual void read(char* to, std::size_t max, Done done) = 0;
    virtual void write(const std::vector<Bytes>& bytes, Done done) = 0; // all of them; they must stay until done
    virtual void cancel() = 0; // open operations end with operation_aborted
    virtual void finish(Done done) = 0; // no more bytes from here; the peer may still send
    virtual void close() = 0;
};

std::unique_ptr<Wire> makeWire(boost::asio::ip::tcp::socket socket);
std::unique_ptr<Wire> makeTlsWire(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context);

} // namespace naru::server
