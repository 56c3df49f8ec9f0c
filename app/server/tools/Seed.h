// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Result.h"
#include "server/config/Config.h"
#include "server/store/Connection.h"

#include <iosfwd>

namespace naru::server {

// What the demo market holds once it is made.
struct SeedSummary {
    int vendors = 0;
    int products = 0;
    int slots = 0;
    int customers = 0;
    int orders = 0;
    int vendorOrders = 0;
    int tickets = 0;
    int reservations = 0;
    int openHolds = 0;
    double seconds = 0;
};

// A database without vendors counts as empty.
bool isEmptyStore(Connection& db);
// Fills an empty store with the demo market as of `now`: the same seed and moment give the same market (credentials apart,
// whose salt is random). One transaction. Throws StoreError, ProblemError; then nothing was changed.
// `percent` thins out orders and reservations (tests).
SeedSummary fillStore(Connection& db, std::uint64_t seed, Instant now, int percent = 100);

// Opens the database file of the configuration (making it), and fills it when it is empty; for `narud serve --demo`, before the
// server opens it. The value is empty when there was data already.
Result<std::optional<SeedSummary>> seedIfEmpty(const Config& config, std::uint64_t seed, Instant now);
// `narud seed`: 0 = done, 1 = the database has data already, 2 = it cannot be opened or written.
int runSeed(const Config& config, std::uint64_t seed, Instant now, std::ostream& out);

} // namespace naru::server
