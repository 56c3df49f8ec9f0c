// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <boost/asio/ssl/context.hpp>

namespace naru::server {

// TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only. Returns what is wrong; empty when all is well.
QString setUpTls(boost::asio::ssl::context& context, const QString& certFile, const QString& keyFile);

} // namespace naru::server
