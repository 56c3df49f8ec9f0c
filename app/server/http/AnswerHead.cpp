// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/AnswerHead.h"

#include "server/api/Problems.h"

#include <ctime>

namespace naru::server {
namespace {

void add(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    for (const char c : value)
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c; // no value may begin a line of its own
    out += "\r\n";
}

std::string httpDate()
{
    const std::time_t now = std::time(nullptr);
    std::tm tm{};
    gmtime_r(&now, &tm);
    char text[40];
    const std::size_t n = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    return {text, n};
}

} // namespace

std::string answerHead(const Response& a, const Request& request, bool keepAlive, bool chunked)
{
    std::string out = "HTTP/1.1 " + std::to_string(a.status) + ' ' + statusPhrase(a.status) + "\r\n";
    add(out, "Date", httpDate());
    const bool hasBody = a.status != 204 && a.status != 304;
    if (a.stream || (hasBody && !a.body.empty()))
        add(out, "Content-Type", a.contentType);
    if (!a.stream && hasBody)
        add(out, "Content-Length", std::to_string(a.body.size()));
    else if (chunked)
        add(out, "Transfer-Encoding", "chunked");
    bool cache = false;
    for (const auto& h : a.headers) {
        add(out, h.first, h.second);
        cache = cache || h.first == "Cache-Control";
    }
    if (!cache)
        add(out, "Cache-Control", "no-store");
    add(out, "X-Content-Type-Options", "nosniff");
    if (!request.requestId.isEmpty())
        add(out, "Request-Id", protocol::utf8(request.requestId));
    if (!request.freshNonce.empty())
        add(out, "DPoP-Nonce", request.freshNonce);
    add(out, "Naru-Auth-Age", std::to_string(request.authAgeMs));
    add(out, "Connection", keepAlive ? "keep-alive" : "close");
    out += "\r\n";
    return out;
}

} // namespace naru::server
