// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftDesk.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

DraftDesk::DraftDesk(const QString& folder, Push push)
    : m_push(std::move(push)), m_store(folder, [this](const Error& why) { m_push(DraftsFaulted{why}); })
{
}

void DraftDesk::signedIn(const QString& server, const UserId& user, const QByteArray& key)
{
    QByteArray bytes = QByteArray::fromBase64(key, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    m_store.open(server, user.toString(), bytes);
    bytes.fill('\0');
    tellOwner();
}

void DraftDesk::signedOut()
{
    if (!m_store.isOpen())
        return;
    m_store.seal();
    tellOwner();
}

void DraftDesk::tellOwner()
{
    DraftsHeld held{m_store.owner(), m_store.all()};
    for (Draft& draft : held.drafts)
        draft.content.clear();
    m_push(std::move(held));
}

void DraftDesk::handle(const KeepDraft& command)
{
    if (command.owner == m_store.owner())
        m_store.keep(command.draft);
}

void DraftDesk::handle(const DropDraft& command)
{
    if (command.owner != m_store.owner())
        return;
    if (command.all)
        m_store.dropAll();
    else if (auto next = m_store.drop(command.place, command.entityId))
        m_push(DraftsArrived{m_store.owner(), {std::move(*next)}, true});
}

bool DraftDesk::takeIn(const DraftSeal& seal, const QByteArray& sealed)
{
    auto arrived = m_store.takeIn(seal, sealed);
    if (!arrived)
        return false;
    const bool kept = m_store.flush(); // only then the server may forget it
    if (!arrived->empty())
        m_push(DraftsArrived{m_store.owner(), std::move(*arrived), false});
    return kept;
}

void DraftDesk::handle(const DraftsCall& command)
{
    if (!command.cancelled->load())
        m_push(Answer{command.id, std::any(Result<std::vector<Draft>>(m_store.all()))});
}

} // namespace naru::backend
