// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"

#include <QMetaObject>
#include <QPointer>
#include <algorithm>
#include <map>

// A clock, answers and identifiers for tests of the order board and the products.
namespace naru::test {

using namespace Qt::StringLiterals;

class ManualClock final : public Clock {
public:
    Instant at = fromUnixMs(1'763'787'600'000); // 2025-11-22 05:00 UTC = 14:00 in Seoul
    Instant now() const override { return at; }
    Millis steady() const override { return Millis(1'000'000) + (at - fromUnixMs(1'763'787'600'000)); }
};

// Delivers answers in order, later, unless held.
class Mailbox : public QObject {
public:
    bool held = false;
    backend::CallId next = 1;

    template <class T> backend::CallId post(backend::Reply<T> reply, Result<T> answer)
    {
        const backend::CallId id = next++;
        const QPointer<QObject> alive = reply.context;
        m_waiting[id] = [alive, done = std::move(reply.done), answer = std::move(answer)]() mutable {
            if (alive)
                done(std::move(answer));
        };
        if (!held)
            QMetaObject::invokeMethod(this, [this, id] { run(id); }, Qt::QueuedConnection);
        return id;
    }
    void cancel(backend::CallId id) { m_waiting.erase(id); }
    void release()
    {
        held = false;
        while (!m_waiting.empty())
            run(m_waiting.begin()->first);
    }

private:
    void run(backend::CallId id)
    {
        const auto at = m_waiting.find(id);
        if (at == m_waiting.end())
            return;
        const auto answer = std::move(at->second);
        m_waiting.erase(at);
        const_cast<std::function<void()>&>(answer)();
    }
    std::map<backend::CallId, std::function<void()>> m_waiting;
};

inline Error fault(ErrorKind kind, const QString& code, int status = 0)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.httpStatus = status;
    e.requestId = u"req-1"_s;
    return e;
}

template <class Tag> Id<Tag> idOf(int n) { return Id<Tag>{Id128::make(1'763'000'000'000, 0, static_cast<std::uint64_t>(n))}; }

} // namespace naru::test
