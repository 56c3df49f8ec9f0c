// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"

#include <QPointer>
#include <deque>

namespace naru::test {

// The answers a test has put ready for one kind of call. Without one the reply waits until answer() is called.
template <class T> class Script {
public:
    void always(Result<T> value) { m_always = std::move(value); }
    backend::CallId take(backend::CallId id, backend::Reply<T> reply)
    {
        ++m_calls;
        m_open.push_back({id, QPointer<QObject>(reply.context), std::move(reply)});
        if (m_always)
            QMetaObject::invokeMethod(m_open.back().context, [this, id] { finish(id, *m_always); }, Qt::QueuedConnection);
        return id;
    }
    // Answers the oldest open call; false: there is none.
    bool answer(Result<T> value) { return !m_open.empty() && finish(m_open.front().id, std::move(value)); }
    // Answers the newest open call, as a slow network may.
    bool answerNewest(Result<T> value) { return !m_open.empty() && finish(m_open.back().id, std::move(value)); }
    bool finish(backend::CallId id, Result<T> value)
    {
        for (auto it = m_open.begin(); it != m_open.end(); ++it) {
            if (it->id != id)
                continue;
            const Open open = std::move(*it);
            m_open.erase(it);
            if (open.context)
                open.reply.done(std::move(value));
            return true;
        }
        return false;
    }
    int calls() const { return m_calls; }
    std::size_t open() const { return m_open.size(); }

private:
    struct Open {
        backend::CallId id;
        QPointer<QObject> context;
        backend::Reply<T> reply;
    };
    std::deque<Open> m_open;
    std::optional<Result<T>> m_always;
    int m_calls = 0;
};

} // namespace naru::test
