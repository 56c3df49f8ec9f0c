// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <string>

namespace naru::server {

// The content of a secret file that only its owner may read; made with `make` (mode 0600, flushed to disk) when absent.
// Throws std::runtime_error saying what is wrong and what to do.
std::string secretFile(const QString& path, const std::function<std::string()>& make);

} // namespace naru::server
