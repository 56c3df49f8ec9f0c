// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

// What a database file consists of, its indexes with their tables. The write-ahead log has been put into it before.
struct StoreBytes {
    double all = 0;
    double outbox = 0;
    double journal = 0;
    double rest() const { return all - outbox - journal; }
};
StoreBytes bytesOf(const QString& file); // throws std::runtime_error

} // namespace naru::bench
