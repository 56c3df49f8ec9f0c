// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Rules.h"

namespace naru::server {

using namespace Qt::StringLiterals;

QStringList allowedMoves(Connection& db, Machine machine, std::string_view from, char letter)
{
    QStringList names;
    for (const Row& row : db.query(u"SELECT to_state FROM transition_rule WHERE machine = ? AND from_state = ? AND actor_role = ?"_s,
             {Param(protocol::wireName(machine)), Param(from), Param(QString(QChar::fromLatin1(letter)))}))
        names << row.text(0);
    return names;
}

std::vector<TransitionEntry> historyOf(Connection& db, Machine machine, const Id128& id, bool newestFirst, int limit, const Journal* uncommitted)
{
    std::vector<TransitionEntry> entries;
    const QString sql = u"SELECT t.from_state, t.to_state, u.display_name, t.letter, t.detail, t.at FROM journal t LEFT JOIN user_account u ON u.id = t.actor_id "
                        "WHERE t.entity_type = ? AND t.entity_id = ? AND t.to_state IS NOT NULL ORDER BY t.entity_version %1 LIMIT ?"_s
                            .arg(newestFirst ? u"DESC"_s : u"ASC"_s);
    for (const Row& row : db.query(sql, {Param(protocol::wireName(machine)), Param(id.toString()), Param(limit)})) {
        TransitionEntry e;
        e.fromState = row.text(0);
        e.toState = row.text(1);
        e.actorName = row.text(2);
        e.actorRole = row.text(3);
        e.reason = row.text(4);
        e.at = row.instant(5);
        entries.push_back(std::move(e));
    }
    if (!uncommitted)
        return entries;
    for (const Journal::Entry& move : uncommitted->pendingMoves(protocol::wireName(machine), id)) {
        TransitionEntry e;
        e.fromState = QString::fromStdString(move.from);
        e.toState = QString::fromStdString(move.to);
        if (move.actor)
            if (const auto who = db.one(u"SELECT display_name FROM user_account WHERE id = ?"_s, {*move.actor}))
                e.actorName = who->text(0);
        e.actorRole = QString::fromStdString(move.letter);
        e.reason = move.reason.value_or(QString());
        e.at = move.at;
        entries.insert(newestFirst ? entries.begin() : entries.end(), std::move(e));
    }
    return entries;
}

} // namespace naru::server
