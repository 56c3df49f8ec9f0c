// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Messages.h"

#include <QPointer>
#include <map>

namespace naru::backend {

// The open calls: who waits for which answer. Replies are made, kept, tested and dropped on the UI thread only, so a QPointer
// is enough to know whether the caller still lives. Owned by the Dispatcher.
class CallTable : public QObject {
    Q_OBJECT
public:
    struct Opened {
        CallId id = 0;
        CancelToken cancelled;
    };

    CallTable() = default;

    template <class T> Opened open(Reply<T> reply, bool isWrite)
    {
        Entry e;
        e.context = reply.context;
        e.isWrite = isWrite;
        e.done = [fn = std::move(reply.done)](std::any& any) {
            if (Result<T>* r = std::any_cast<Result<T>>(&any); r && fn)
                fn(std::move(*r));
        };
        if (reply.cached) {
            e.cached = [fn = std::move(reply.cached)](std::any& any, Instant asOf) {
                if (Result<T>* r = std::any_cast<Result<T>>(&any); r && r->has_value())
                    fn(std::move(**r), asOf);
            };
        }
        e.fail = [](Error error) { return std::any(Result<T>(std::move(error))); };
        return file(reply.context, std::move(e));
    }

    void deliver(Answer answer);
    void deliverCached(CachedAnswer answer);
    // Takes the call out and says so to its caller at the next turn of the event loop; false when there is no such call.
    bool cancel(CallId id);
    // The same with another reason, for calls that never left.
    void refuse(CallId id, Error error);
    void refuseAll(const Error& error); // now, not at the next turn

    std::size_t size() const { return m_open.size(); }

Q_SIGNALS:
    void abandoned(naru::backend::CallId id); // a read whose caller is gone

private:
    struct Entry {
        QPointer<QObject> context;
        bool isWrite = false;
        std::function<void(std::any&)> done;
        std::function<void(std::any&, Instant)> cached;
        std::any (*fail)(Error) = nullptr;
        CancelToken cancelled;
        QMetaObject::Connection gone;
    };
    Opened file(QObject* context, Entry entry);
    void contextGone(CallId id);
    std::optional<Entry> take(CallId id);

    CallId m_last = 0;
    std::map<CallId, Entry> m_open;
};

} // namespace naru::backend
