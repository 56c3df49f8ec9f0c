// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <string>
#include <vector>

namespace naru::test {

// Bytes to and from a port of loopback, exactly as given: for what no decent client would send. Blocking, test thread.
class RawSocket {
public:
    explicit RawSocket(int port, int receiveBuffer = 0);
    ~RawSocket();
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;

    bool isConnected() const { return m_fd >= 0; }
    bool send(const std::string& bytes); // false when the peer is gone
    // Everything until the peer closes or nothing comes for so long.
    std::string readAll(int timeoutMs = 5000);
    // Until the text holds `what` that often; everything read by then.
    std::string readUntil(const std::string& what, int count = 1, int timeoutMs = 10000);
    bool isClosedByPeer(int timeoutMs); // reads and forgets
    void close();

private:
    int m_fd = -1;
    std::string m_read;
};

struct RawAnswer {
    int status = 0;
    std::map<std::string, std::string> headers; // lower-case names
    std::string body;
};
// The answers in a byte stream, in order; chunked ones joined. Stops at what is no answer.
std::vector<RawAnswer> parseAnswers(const std::string& bytes);

} // namespace naru::test
