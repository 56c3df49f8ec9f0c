// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

namespace naru::server {

// Why a head was not accepted: a status with the problem's code and sentence.
struct HeadFault {
    int status = 400;
    const char* code = "request-invalid";
    QString detail;
};

// Fills in the request from a parsed head and refuses everything doubtful: a body length given in two ways, encodings, names
// given twice that must be single, targets that are not paths.
std::optional<HeadFault> readHead(const boost::beast::http::request_header<>& head, Request& out);
// What the parser's own error means.
HeadFault faultOf(const boost::system::error_code& ec);

} // namespace naru::server
