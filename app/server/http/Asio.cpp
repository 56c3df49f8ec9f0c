// SPDX-License-Identifier: GPL-3.0-or-later
// The one place where Asio and Beast are compiled (separate compilation is switched on for the whole target).
#include <boost/asio/impl/src.hpp>

#include <boost/asio/ssl/impl/src.hpp>

#include <boost/beast/src.hpp>
