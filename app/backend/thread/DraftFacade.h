// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/Dispatcher.h"

namespace naru::backend {

// Drafts as the windows see them. UI thread, owned by ThreadedBackend.
class DraftFacade final : public DraftService {
    Q_OBJECT
public:
    explicit DraftFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    void keep(const Draft& draft) override;
    void drop(const QString& place, const QString& entityId) override;
    void dropAll() override;
    CallId all(Reply<std::vector<Draft>> reply) override;
    int count() const override { return m_count; }

private:
    Dispatcher& m_dispatcher;
    int m_count = 0;
};

} // namespace naru::backend
