// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"

#include <memory>

namespace naru::backend {

// For search-as-you-type: a new call cancels the one before, and an answer that comes too late is dropped, so the caller sees
// the answer to what was asked last and nothing else. UI thread, a member of the caller.
class LatestCall {
public:
    explicit LatestCall(Backend& backend) : m_backend(backend) {}
    ~LatestCall() { cancel(); }
    LatestCall(const LatestCall&) = delete;
    LatestCall& operator=(const LatestCall&) = delete;

    // `call` starts the call with the reply it is given: [&](auto reply) { return home.search(text, reply); }
    template <class T, class Call> void start(Reply<T> reply, Call call)
    {
        cancel();
        const quint64 mine = ++*m_generation;
        Reply<T> guarded;
        guarded.context = reply.context;
        guarded.done = [generation = m_generation, mine, done = reply.done](Result<T> result) {
            if (*generation == mine && done)
                done(std::move(result));
        };
        if (reply.cached) {
            guarded.cached = [generation = m_generation, mine, cached = reply.cached](T value, Instant asOf) {
                if (*generation == mine)
                    cached(std::move(value), asOf);
            };
        }
        m_call = call(std::move(guarded));
    }
    void cancel()
    {
        ++*m_generation;
        if (const CallId call = std::exchange(m_call, 0))
            m_backend.cancel(call);
    }

private:
    Backend& m_backend;
    CallId m_call = 0;
    // Two owners: this object and the answers still under way, which may arrive after it is gone.
    std::shared_ptr<quint64> m_generation = std::make_shared<quint64>(0);
};

} // namespace naru::backend
