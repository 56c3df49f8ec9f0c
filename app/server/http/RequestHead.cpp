// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/RequestHead.h"

#include "server/http/Url.h"

#include <algorithm>

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

using namespace Qt::StringLiterals;

namespace naru::server {

namespace http = boost::beast::http;

namespace {

constexpr std::size_t kMaxHeaders = 100;

std::string lower(boost::beast::string_view s)
{
    std::string out(s.data(), s.size());
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

bool isKnownMethod(const std::string& m)
{
    return m == "GET" || m == "HEAD" || m == "POST" || m == "PATCH" || m == "PUT" || m == "DELETE" || m == "OPTIONS";
}

// Lists may be given in several lines; these must not, since the second line would be read by one party only.
bool mustBeSingle(const std::string& name)
{
    return name == "host" || name == "content-length" || name == "transfer-encoding" || name == "authorization" || name == "idempotency-key"
        || name == "if-match" || name == "content-type" || name == "last-event-id";
}

std::optional<HeadFault> copyFields(const http::request_header<>& head, Request& out)
{
    std::size_t count = 0;
    for (const auto& field : head) {
        if (++count > kMaxHeaders)
            return HeadFault{431, "head-too-large", u"more than %1 header fields"_s.arg(kMaxHeaders)};
        const std::string name = lower({field.name_string().data(), field.name_string().size()});
        std::string value(field.value().data(), field.value().size());
        const auto [it, added] = out.headers.emplace(name, value);
        if (added)
            continue;
        if (mustBeSingle(name))
            return HeadFault{400, "header-repeated", u"the header field %1 is given twice"_s.arg(QString::fromStdString(name))};
        it->second += ", " + value;
    }
    return std::nullopt;
}

} // namespace

std::optional<HeadFault> readHead(const http::request_header<>& head, Request& out)
{
    if (head.version() != 10 && head.version() != 11)
        return HeadFault{505, "version-not-supported", u"only HTTP/1.1 and HTTP/1.0"_s};
    out.method = std::string(head.method_string().data(), head.method_string().size());
    if (auto fault = copyFields(head, out))
        return fault;
    if (head.version() == 11 && out.header("host").empty())
        return HeadFault{400, "host-required", u"the header field Host is missing"_s};
    const bool encoded = out.headers.count("transfer-encoding") > 0;
    if (encoded && (head.version() == 10 || out.headers.count("content-length") > 0 || lower(head[http::field::transfer_encoding]) != "chunked"))
        return HeadFault{400, "framing-invalid", u"the length of the body is not given clearly: either Content-Length or Transfer-Encoding: chunked"_s};
    const std::string length = out.header("content-length");
    if (!std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return HeadFault{400, "framing-invalid", u"Content-Length must be one number"_s};
    if (!isKnownMethod(out.method))
        return HeadFault{501, "method-unknown", u"this method is not known here"_s};
    std::string why;
    auto target = parseTarget({head.target().data(), head.target().size()}, why);
    if (!target)
        return HeadFault{400, "target-invalid", QString::fromStdString(why)};
    out.path = std::move(target->path);
    out.query = std::move(target->query);
    const std::string coding = out.header("content-encoding");
    if (!coding.empty() && coding != "identity")
        return HeadFault{415, "encoding-not-supported", u"bodies must not be compressed"_s};
    return std::nullopt;
}

HeadFault faultOf(const boost::system::error_code& ec)
{
    if (ec == http::error::header_limit || ec == http::error::buffer_overflow)
        return {431, "head-too-large", u"the request head is larger than this server takes"_s};
    if (ec == http::error::body_limit)
        return {413, "body-too-large", u"the body is larger than this server takes"_s};
    if (ec == http::error::bad_version)
        return {505, "version-not-supported", u"only HTTP/1.1 and HTTP/1.0"_s};
    if (ec == http::error::bad_content_length || ec == http::error::bad_transfer_encoding || ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension)
        return {400, "framing-invalid", u"the length of the body is not given clearly: either Content-Length or Transfer-Encoding: chunked"_s};
    return {400, "request-invalid", u"this is not HTTP/1.1: %1"_s.arg(QString::fromStdString(ec.message()))};
}

} // namespace naru::server
