// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Problems.h"

namespace naru::server {

const char* statusPhrase(int status)
{
    switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : "Error";
    }
}

Response problemResponse(protocol::Problem p, const QString& instance, const QString& requestId)
{
    if (p.code.isEmpty())
        p.code = QStringLiteral("http-%1").arg(p.status);
    if (p.title.isEmpty())
        p.title = QString::fromLatin1(statusPhrase(p.status));
    if (p.instance.isEmpty())
        p.instance = instance;
    p.requestId = requestId;
    Response r;
    r.status = p.status;
    r.contentType = "application/problem+json";
    if (p.retryAfterSeconds)
        r.headers.emplace_back("Retry-After", std::to_string(*p.retryAfterSeconds));
    if (p.status == 401)
        r.headers.emplace_back("WWW-Authenticate", "DPoP realm=\"naru\", algs=\"ES256\", error=\"invalid_token\"");
    r.body = protocol::json::serialize(protocol::toJson(p));
    return r;
}

Response problemResponse(int status, const char* code, const QString& detail, const QString& requestId)
{
    protocol::Problem p;
    p.status = status;
    p.code = QString::fromLatin1(code);
    p.detail = detail;
    return problemResponse(std::move(p), {}, requestId);
}

} // namespace naru::server
