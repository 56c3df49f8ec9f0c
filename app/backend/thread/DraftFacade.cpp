// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/DraftFacade.h"

#include "backend/thread/Assert.h"

namespace naru::backend {

void DraftFacade::keep(const Draft& draft)
{
    NARU_ASSERT_UI();
    if (m_owner.isEmpty())
        return; // nobody's
    m_in.pushAlways(KeepDraft{m_owner, draft});
    m_changes[{draft.place, draft.entityId}] = draft.changes;
    recount();
}

void DraftFacade::drop(const QString& place, const QString& entityId)
{
    NARU_ASSERT_UI();
    if (m_owner.isEmpty() || m_changes.erase({place, entityId}) == 0)
        return;
    m_in.pushAlways(DropDraft{m_owner, place, entityId, false});
    recount();
}

void DraftFacade::dropAll()
{
    NARU_ASSERT_UI();
    if (m_owner.isEmpty())
        return;
    m_in.pushAlways(DropDraft{m_owner, {}, {}, true});
    std::erase_if(m_changes, [](const auto& entry) { return entry.second > 0; });
    recount();
}

CallId DraftFacade::all(Reply<std::vector<Draft>> reply)
{
    NARU_ASSERT_UI();
    const auto opened = m_calls.open(std::move(reply), true);
    m_in.pushAlways(DraftsCall{opened.id, opened.cancelled}); // closed: all that is open is refused
    return opened.id;
}

void DraftFacade::take(const DraftsHeld& held)
{
    m_owner = held.owner;
    m_changes.clear();
    for (const Draft& draft : held.drafts)
        m_changes[{draft.place, draft.entityId}] = draft.changes;
    recount();
}

void DraftFacade::take(const DraftsArrived& come)
{
    if (come.owner != m_owner)
        return;
    for (const auto& [draft, over] : come.drafts) {
        // What waited beside it moves up as well.
        for (QString place = draft.place; come.fromBeside && m_changes.contains({placeBeside(place), draft.entityId}); place = placeBeside(place)) {
            m_changes[{place, draft.entityId}] = m_changes[{placeBeside(place), draft.entityId}];
            m_changes.erase({placeBeside(place), draft.entityId});
        }
        m_changes[{draft.place, draft.entityId}] = draft.changes;
    }
    recount();
    Q_EMIT arrived(come.drafts);
}

void DraftFacade::take(const DraftsFaulted& fault) { Q_EMIT faulted(fault.why); }

void DraftFacade::recount()
{
    int count = 0;
    for (const auto& [key, changes] : m_changes)
        count += changes;
    if (std::exchange(m_count, count) != count)
        Q_EMIT countChanged(count);
}

} // namespace naru::backend
