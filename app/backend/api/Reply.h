// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "core/Time.h"

#include <QObject>
#include <functional>

namespace naru::backend {

using CallId = quint64; // never reused within a run; 0 is no call

// Where the answer to a call goes. UI thread.
// `done` runs at most once, and only while `context` lives; `cached` (reads only) runs at most once and before `done`, with
// what the local cache knew and when it was fresh. A dead context cancels a read; a write runs on.
template <class T> struct Reply {
    QObject* context = nullptr; // mandatory
    std::function<void(Result<T>)> done;
    std::function<void(T, Instant asOf)> cached = {};
};

} // namespace naru::backend
