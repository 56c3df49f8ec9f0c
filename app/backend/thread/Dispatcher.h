// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/CallTable.h"
#include "backend/thread/Channel.h"

namespace naru::backend {

// Files a call and puts its command into the channel in. UI thread, owned by ThreadedBackend; the services call it.
class Dispatcher : public QObject {
    Q_OBJECT
public:
    explicit Dispatcher(Channel<Command>& in);

    template <class T> CallId ask(Request request, Reply<T> reply)
    {
        const bool isWrite = request.isWrite();
        const auto opened = m_calls.open(std::move(reply), isWrite);
        return submit(opened.id, RequestCall{opened.id, opened.cancelled, std::move(request)});
    }
    template <class T> CallId signIn(const SignInInput& input, Reply<T> reply)
    {
        const auto opened = m_calls.open(std::move(reply), true);
        return submit(opened.id, SignInCall{opened.id, opened.cancelled, input});
    }
    template <class C, class T> CallId start(Reply<T> reply) // ResumeCall, SignOutCall
    {
        const auto opened = m_calls.open(std::move(reply), true);
        return submit(opened.id, C{opened.id, opened.cancelled});
    }
    // A command whose call is already open.
    CallId submit(CallId id, Command command);
    // Small and rare: not counted against the bound.
    void tell(Command command);
    void cancel(CallId id);

    CallTable& calls() { return m_calls; }

Q_SIGNALS:
    void wakeWanted();

private:
    Channel<Command>& m_in;
    CallTable m_calls;
};

} // namespace naru::backend
