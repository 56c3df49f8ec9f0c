// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/AuditChain.h"

#include "core/Id.h"
#include "server/store/Journal.h"

#include <QCryptographicHash>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kPiece = 5'000; // lines of one statement

QString sealOf(const Row& r, const QString& previous)
{
    const bool move = !r.isNull(10);
    std::string what;
    if (move)
        appendMove(what, r.text(9).toStdString(), r.text(10).toStdString(), r.isNull(6) ? std::nullopt : std::optional(r.text(6)), r.maybeId<TicketId>(11));
    const QStringList sealed{previous, r.text(0), r.text(1), r.text(2), move ? r.text(4) + u'.' + r.text(10) : r.text(3), r.text(4), r.text(5),
        move ? QString::fromStdString(what) : r.text(6), r.text(7)};
    return QString::fromLatin1(QCryptographicHash::hash(sealed.join(u'\x1f').toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace

void followChain(Connection& db, ChainPlace& place, std::int64_t most)
{
    place.atEnd = false;
    while (most > 0 && !place.brokenAt) {
        const std::int64_t piece = std::min(most, kPiece);
        const Rows rows = db.query(u"SELECT seq, at, actor_id, action, entity_type, entity_id, detail, request_id, hash, from_state, to_state, ticket_id FROM journal "
                                   "WHERE seq > ? ORDER BY seq LIMIT ?"_s,
            {place.seq, piece});
        for (const Row& r : rows) {
            if (r.integer(0) != place.seq + 1 || r.text(8) != sealOf(r, place.hash)) {
                place.brokenAt = r.integer(0);
                return;
            }
            place.seq = r.integer(0);
            place.hash = r.text(8);
        }
        most -= piece;
        place.atEnd = static_cast<std::int64_t>(rows.size()) < piece;
        if (place.atEnd)
            return;
    }
}

AuditChain::View AuditChain::look(Connection& db)
{
    const std::unique_lock walking(m_walk, std::try_to_lock);
    if (walking) { // else another reader is at it: nobody waits for him
        m_head.brokenAt.reset(); // the line is looked at again: it may have been mended
        followChain(db, m_head, m_most);
        if (m_head.atEnd) {
            if (m_again.atEnd)
                m_again = {};
            followChain(db, m_again, m_most);
            if (m_again.brokenAt)
                m_head = m_again;
        }
        const std::lock_guard guard(m_lock);
        m_view = {m_head.seq > 0 || m_head.brokenAt ? std::int64_t{1} : std::int64_t{0}, m_head.seq, m_head.brokenAt};
    }
    const std::lock_guard guard(m_lock);
    return m_view;
}

} // namespace naru::server
