// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftDesk.h"

#include <pthread.h>

namespace naru::backend {

using namespace Qt::StringLiterals;

DraftDesk::DraftDesk(const QString& folder, Channel<DraftCommand>& in, Millis again, Push push)
    : m_in(in), m_again(again), m_push(std::move(push)), m_store(folder, [this](const Error& why) { m_push(DraftsFaulted{why}); }), m_thread([this] { run(); })
{
}

DraftDesk::~DraftDesk()
{
    m_in.close();
    m_thread.join();
}

void DraftDesk::run()
{
    pthread_setname_np(pthread_self(), "naru-drafts");
    for (bool more = true; more;) {
        m_in.waitFor(m_again);
        more = !m_in.isClosed();
        enter();
    }
}

// Whoever enters does first what the windows have said.
std::unique_lock<std::mutex> DraftDesk::enter()
{
    std::unique_lock lock(m_lock);
    while (const auto command = m_in.pop())
        std::visit([this](const auto& c) { handle(c); }, *command);
    m_store.sync();
    return lock;
}

void DraftDesk::signedIn(const QString& server, const UserId& user, const QByteArray& key)
{
    const auto lock = enter();
    QByteArray bytes = QByteArray::fromBase64(key, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    m_store.open(server, user.toString(), bytes);
    bytes.fill('\0');
    tellOwner();
}

void DraftDesk::signedOut()
{
    const auto lock = enter();
    if (!m_store.isOpen())
        return;
    m_store.seal();
    tellOwner();
}

bool DraftDesk::isOpen()
{
    const auto lock = enter();
    return m_store.isOpen();
}

quint64 DraftDesk::revision()
{
    const auto lock = enter();
    return m_revision;
}

DraftStore::Handout DraftDesk::handout(const DraftSeal& seal, qsizetype most)
{
    const auto lock = enter();
    return m_store.handout(seal, most);
}

bool DraftDesk::takeIn(const DraftSeal& seal, const QByteArray& sealed)
{
    const auto lock = enter();
    auto arrived = m_store.takeIn(seal, sealed);
    if (!arrived)
        return false;
    const bool kept = m_store.flush(); // only then the server may forget it
    if (!arrived->empty())
        m_push(DraftsArrived{m_store.owner(), std::move(*arrived), false});
    return kept;
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
    if (command.owner != m_store.owner())
        return;
    ++m_revision;
    m_store.keep(command.draft);
}

void DraftDesk::handle(const DropDraft& command)
{
    if (command.owner != m_store.owner())
        return;
    ++m_revision;
    if (command.all)
        m_store.dropAll();
    else if (auto next = m_store.drop(command.place, command.entityId))
        m_push(DraftsArrived{m_store.owner(), {std::move(*next)}, true});
}

void DraftDesk::handle(const DraftsCall& command)
{
    if (!command.cancelled->load())
        m_push(Answer{command.id, std::any(Result<std::vector<Draft>>(m_store.all()))});
}

} // namespace naru::backend
