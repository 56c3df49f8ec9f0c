// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/CallTable.h"

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

CallTable::Opened CallTable::file(QObject* context, Entry entry)
{
    NARU_ASSERT_UI();
    Q_ASSERT_X(context, "CallTable", "a reply needs a context");
    const CallId id = ++m_last;
    entry.cancelled = std::make_shared<std::atomic<bool>>(false);
    entry.gone = connect(context, &QObject::destroyed, this, [this, id] { contextGone(id); });
    const CancelToken token = entry.cancelled;
    m_open.emplace(id, std::move(entry));
    return {id, token};
}

std::optional<CallTable::Entry> CallTable::take(CallId id)
{
    const auto it = m_open.find(id);
    if (it == m_open.end())
        return std::nullopt;
    std::optional<Entry> e(std::move(it->second));
    m_open.erase(it);
    disconnect(e->gone);
    return e;
}

void CallTable::deliver(Answer answer)
{
    NARU_ASSERT_UI();
    auto e = take(answer.id);
    if (e && e->context)
        e->done(answer.result);
}

void CallTable::deliverCached(CachedAnswer answer)
{
    NARU_ASSERT_UI();
    const auto it = m_open.find(answer.id);
    if (it == m_open.end() || !it->second.context || !it->second.cached)
        return;
    const auto cached = std::exchange(it->second.cached, nullptr); // the callback may cancel the call
    cached(answer.result, answer.asOf);
}

bool CallTable::cancel(CallId id)
{
    NARU_ASSERT_UI();
    const auto it = m_open.find(id);
    if (it == m_open.end())
        return false;
    it->second.cancelled->store(true);
    Error e;
    e.kind = ErrorKind::Cancelled;
    e.code = u"cancelled"_s;
    e.detail = u"the caller does not want the answer any more"_s;
    refuse(id, std::move(e));
    return true;
}

void CallTable::refuse(CallId id, Error error)
{
    NARU_ASSERT_UI();
    auto e = take(id);
    if (!e || !e->context)
        return;
    // Never from inside the call itself: its caller does not know the id yet.
    QMetaObject::invokeMethod(
        this,
        [entry = std::move(*e), reason = std::move(error)]() mutable {
            if (!entry.context)
                return;
            std::any result = entry.fail(std::move(reason));
            entry.done(result);
        },
        Qt::QueuedConnection);
}

void CallTable::refuseAll(const Error& error)
{
    NARU_ASSERT_UI();
    while (!m_open.empty()) {
        auto e = take(m_open.begin()->first);
        e->cancelled->store(true);
        if (!e->context)
            continue;
        std::any result = e->fail(error);
        e->done(result);
    }
}

void CallTable::contextGone(CallId id)
{
    const auto it = m_open.find(id);
    if (it == m_open.end())
        return;
    if (it->second.isWrite) {
        it->second.done = [](std::any&) {}; // it runs on; its effect comes back as a change
        it->second.cached = nullptr;
        return;
    }
    it->second.cancelled->store(true);
    take(id);
    Q_EMIT abandoned(id);
}

} // namespace naru::backend
