// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "core/Time.h"
#include "proof/CallerKey.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace naru::server {

// A small blocking HTTP/1.1 client over one kept connection, for `narud simulate` and for tests. Opens the connection when it
// is needed and again after the server closed it. One thread at a time, except abort(). Never throws.
class Client {
public:
    struct Options {
        std::string host = "127.0.0.1";
        int port = 0;
        bool tls = false;
        std::string caFile; // PEM; empty: the system's certificates
        bool checkPeer = true;
        Millis timeout{15'000}; // for connecting, and for a whole exchange
        std::size_t maxBody = 64 * 1024 * 1024;
        // Every request is sent under a proof of this key (RFC 9449), with the token of its Authorization field if that is of the scheme DPoP;
        // one that wants another nonce is sent once more. Owners: every client of the same caller.
        std::shared_ptr<proof::CallerKey> key;
    };
    using Headers = std::vector<std::pair<std::string, std::string>>;
    struct Reply {
        int status = 0;
        std::map<std::string, std::string> headers; // lower-case names
        std::string body;
        std::string header(const std::string& lowerName) const { const auto it = headers.find(lowerName); return it == headers.end() ? std::string() : it->second; }
    };
    // Lines of an event stream without their end; false ends the reading.
    using LineCallback = std::function<bool(std::string_view line)>;

    explicit Client(Options options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Errors: kind Offline or Timeout. A body is sent with Content-Length; its type is application/json unless the headers say
    // otherwise. A request on a kept connection that turns out closed before any answer is sent once more on a new one.
    Result<Reply> call(const std::string& method, const std::string& target, const std::string& body = {}, const Headers& headers = {});

    // GET of an event stream: calls `head` with the answer's status and headers, then `line` for each line until either says
    // false, the server ends the stream (Done), or nothing comes for `silence` (Timeout).
    Result<Done> stream(const std::string& target, const Headers& headers, const std::function<bool(const Reply&)>& head, const LineCallback& line,
        Millis silence = Millis{15'000});

    // Any thread: ends what runs at the moment with kind Cancelled; the client cannot be used afterwards.
    void abort();
    void close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::server
