// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/Dispatcher.h"

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

Dispatcher::Dispatcher(Channel<Command>& in) : m_in(in)
{
    connect(&m_calls, &CallTable::abandoned, this, [this](CallId id) { tell(CancelCall{id}); });
}

CallId Dispatcher::submit(CallId id, Command command)
{
    NARU_ASSERT_UI();
    Error e;
    switch (m_in.push(std::move(command))) {
    case Pushed::Woke:
        Q_EMIT wakeWanted();
        break;
    case Pushed::Queued:
        break;
    case Pushed::Full:
        e.kind = ErrorKind::Busy;
        e.code = u"too-many-calls"_s;
        e.detail = u"more calls are waiting than the program allows"_s;
        e.retryable = true;
        m_calls.refuse(id, std::move(e));
        break;
    case Pushed::Closed:
        e.kind = ErrorKind::ShuttingDown;
        e.code = u"shutting-down"_s;
        e.detail = u"the program is ending"_s;
        m_calls.refuse(id, std::move(e));
        break;
    }
    return id;
}

void Dispatcher::tell(Command command)
{
    NARU_ASSERT_UI();
    if (m_in.pushAlways(std::move(command)) == Pushed::Woke)
        Q_EMIT wakeWanted();
}

void Dispatcher::cancel(CallId id)
{
    if (m_calls.cancel(id))
        tell(CancelCall{id});
}

} // namespace naru::backend
