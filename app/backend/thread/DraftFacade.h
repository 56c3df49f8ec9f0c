// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/Dispatcher.h"

#include <map>

namespace naru::backend {

// Drafts as the windows see them. Counts on this thread, so that the figure holds at once. UI thread, owned by ThreadedBackend.
class DraftFacade final : public DraftService {
    Q_OBJECT
public:
    explicit DraftFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    void keep(const Draft& draft) override;
    void drop(const QString& place, const QString& entityId) override;
    void dropAll() override;
    CallId all(Reply<std::vector<Draft>> reply) override;
    int count() const override { return m_count; }

    void take(const DraftsHeld& held); // another person, or nobody
    void take(const DraftsArrived& come);
    void take(const DraftsFaulted& fault);

private:
    void recount();

    Dispatcher& m_dispatcher;
    QString m_owner;
    std::map<std::pair<QString, QString>, int> m_changes; // by place and entity
    int m_count = 0;
};

} // namespace naru::backend
