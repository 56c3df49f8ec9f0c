// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/CallTable.h"
#include "backend/thread/Channel.h"

#include <map>

namespace naru::backend {

// Drafts as the windows see them. Counts on this thread, so that the figure holds at once. UI thread, owned by ThreadedBackend.
class DraftFacade final : public DraftService {
    Q_OBJECT
public:
    DraftFacade(Channel<DraftCommand>& in, CallTable& calls) : m_in(in), m_calls(calls) {}

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

    Channel<DraftCommand>& m_in; // its reader waits in it
    CallTable& m_calls;
    QString m_owner;
    std::map<std::pair<QString, QString>, int> m_changes; // by place and entity
    int m_count = 0;
};

} // namespace naru::backend
