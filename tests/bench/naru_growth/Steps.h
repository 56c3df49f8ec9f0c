// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

// One piece of work on a SQLite store, done step by step on one thread so that its instructions can be counted: what naru-growth
// runs under callgrind, and natively to make stores. `ops` requests in batches of 64.
struct Step {
    QString name;
    QString file;
    int param = 0;
    int ops = 0;
};

//   book        reservations of one line on 64 inventories spread over all there are, or on `param`
//   lines       reservations of `param` lines each, on the same 64
//   depth       reservations while `param` more requests wait
//   consoles    reservations while `param` event streams are open (their own thread serves them)
//   cancel      cancellations of reservations spread over all there are
//   expire      expiries of the oldest holds
//   abandon     as book, until the write-ahead log holds `param` bytes; the process ends without closing the store, as after kill -9
//   start       the whole node from start to ready
//   nothing     what a process costs that does nothing
//   world       makes the store: `param` inventories, customers, accounts
//   fill        copies of reservations the engine makes, until there are `param`, and of holds, until there are `ops`
//   settle      all that stands in the write-ahead log goes to the file
int runStep(const Step& step); // the exit code; some steps end the process themselves

} // namespace naru::bench
