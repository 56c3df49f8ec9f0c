// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Messages.h"
#include "backend/net/SseParser.h"

#include <map>

namespace naru::backend {

// One entity as it is now, as told by the stream.
struct FoldedChange {
    std::string key; // "ticket.changed/<id>"
    EntityRow row; // kind None: not for the cache
    Change value;
};

// Folds a burst of events so that of each entity only the newest state is left. Owned by the engine, backend thread.
class EventFold {
public:
    // Nothing: filed, or a topic without a screen. An error: the event does not fit the interface and was dropped.
    std::optional<Error> add(const QByteArray& topic, const QByteArray& data);
    bool isEmpty() const { return m_order.empty(); }
    std::vector<FoldedChange> take(); // in the order of first mention

private:
    template <class T> std::optional<Error> file(EntityKind kind, const char* name, const QByteArray& data);

    std::map<std::string, FoldedChange> m_byKey;
    std::vector<std::string> m_order;
};

} // namespace naru::backend
