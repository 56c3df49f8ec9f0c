// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "server/config/Config.h"

#include <vector>

namespace naru::server {

// One setting of the server: its names, what it accepts, and where it goes. The flag is --data-dir, the variable
// NARU_DATA_DIR and the key of the file data_dir, all made from `key`.
struct Setting {
    enum class Kind { Text, Path, Bool, Integer, Seconds, List };
    const char* key;
    Kind kind;
    const char* help;
    std::int64_t min;
    std::int64_t max;
    std::vector<const char*> words; // Text: the allowed ones; empty: any
    std::function<void(Config&, const QString&, std::int64_t)> store; // text, number
    QString fallback; // what holds when nobody says anything, for the help

    QString flag() const; // "data-dir"
    QString variable() const; // "NARU_DATA_DIR"
    QString range() const; // "a whole number from 0 to 65535"
};

const std::vector<Setting>& settings();

// A value as it was found, with the words that name the place ("flag --port", "environment variable NARU_PORT").
struct Found {
    QString text;
    QString source;
};

// Error: code "config-invalid", detail names source, key and the allowed range.
Result<Done> apply(Config& config, const Setting& setting, const Found& found);
// Reads the file into `found`, keeping what is already there (flags and environment go first).
Result<Done> readConfigFile(const QString& path, std::map<QString, Found>& found);
// Rules between settings: TLS unless on loopback, certificate with key, demo on loopback only.
Result<Done> checkTogether(const Config& config);

} // namespace naru::server
