// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/RawSocket.h"

#include <QElapsedTimer>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::test {

RawSocket::RawSocket(int port, int receiveBuffer)
{
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receiveBuffer > 0)
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
        close();
    const int on = 1;
    if (m_fd >= 0)
        ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawSocket::~RawSocket()
{
    close();
}

void RawSocket::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

bool RawSocket::send(const std::string& bytes)
{
    std::size_t done = 0;
    while (m_fd >= 0 && done < bytes.size()) {
        const ssize_t n = ::send(m_fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        done += static_cast<std::size_t>(n);
    }
    return m_fd >= 0;
}

std::string RawSocket::readUntil(const std::string& what, int count, int timeoutMs)
{
    QElapsedTimer since;
    since.start();
    const auto enough = [&] {
        int seen = 0;
        for (std::size_t at = 0; !what.empty() && (at = m_read.find(what, at)) != std::string::npos; at += what.size())
            ++seen;
        return !what.empty() && seen >= count;
    };
    while (m_fd >= 0 && !enough()) {
        const int left = timeoutMs - static_cast<int>(since.elapsed());
        pollfd p{m_fd, POLLIN, 0};
        if (left <= 0 || ::poll(&p, 1, left) <= 0)
            break;
        char buffer[65536];
        const ssize_t n = ::recv(m_fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            break;
        m_read.append(buffer, static_cast<std::size_t>(n));
    }
    return m_read;
}

std::string RawSocket::readAll(int timeoutMs)
{
    return readUntil({}, 1, timeoutMs);
}

bool RawSocket::isClosedByPeer(int timeoutMs)
{
    QElapsedTimer since;
    since.start();
    for (;;) {
        const int left = timeoutMs - static_cast<int>(since.elapsed());
        pollfd p{m_fd, POLLIN, 0};
        if (left <= 0 || ::poll(&p, 1, left) <= 0)
            return false;
        char buffer[4096];
        if (::recv(m_fd, buffer, sizeof buffer, 0) <= 0)
            return true;
    }
}

namespace {

std::string joinChunks(const std::string& bytes, std::size_t& at)
{
    std::string body;
    for (;;) {
        const std::size_t end = bytes.find("\r\n", at);
        if (end == std::string::npos)
            return body;
        const std::size_t size = std::strtoul(bytes.c_str() + at, nullptr, 16);
        at = end + 2;
        if (size == 0) {
            at += 2;
            return body;
        }
        body += bytes.substr(at, size);
        at += size + 2;
    }
}

} // namespace

std::vector<RawAnswer> parseAnswers(const std::string& bytes)
{
    std::vector<RawAnswer> out;
    std::size_t at = 0;
    while (bytes.compare(at, 9, "HTTP/1.1 ") == 0) {
        const std::size_t headEnd = bytes.find("\r\n\r\n", at);
        if (headEnd == std::string::npos)
            break;
        RawAnswer a;
        a.status = std::atoi(bytes.c_str() + at + 9);
        for (std::size_t line = bytes.find("\r\n", at) + 2; line < headEnd + 2;) {
            const std::size_t end = bytes.find("\r\n", line);
            const std::size_t colon = bytes.find(": ", line);
            std::string name = bytes.substr(line, colon - line);
            for (char& c : name)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            a.headers[name] = bytes.substr(colon + 2, end - colon - 2);
            line = end + 2;
        }
        at = headEnd + 4;
        if (a.headers.count("transfer-encoding") > 0) {
            a.body = joinChunks(bytes, at);
        } else if (const auto it = a.headers.find("content-length"); it != a.headers.end()) {
            const std::size_t size = std::strtoul(it->second.c_str(), nullptr, 10);
            a.body = bytes.substr(at, size);
            at += std::min(size, bytes.size() - at);
        }
        out.push_back(std::move(a));
    }
    return out;
}

} // namespace naru::test
