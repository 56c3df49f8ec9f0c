// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace naru::bench {

// One piece of work on a SQLite store, done step by step on one thread so that its instructions can be counted: what
// naru-growth runs under callgrind, and natively to fill stores. `ops` requests in batches of 64.
struct Step {
    QString name;
    QString file;
    int param = 0;
    int ops = 0;
};

//   book        reservations of one line, on 64 inventories spread over all there are
//   lines       reservations of `param` lines each, on the same 64
//   depth       reservations while `param` more requests wait
//   consoles    reservations while `param` event streams are open (their own thread serves them)
//   hold        holds, on the 64
//   cancel      cancellations of reservations spread over all there are
//   expire      expiries of the oldest holds
//   abandon     as book, and the process ends without closing the store, as after kill -9
//   start       the whole node from start to ready, and its end
int runStep(const Step& step);
QStringList stepNames();

} // namespace naru::bench
