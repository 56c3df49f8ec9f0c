// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthServicePrivate.h"

#include "server/auth/conflict/Conflicts.h"
#include "server/auth/device/DeviceTier.h"
#include "server/auth/rules/Rules.h"

// Rules that fire without anybody's request being granted: what an ended session still tried, and reports that do not come.
namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// Once for each silence, whichever server sees it first.
void noteSilence(Txn& txn, const SessionId& sid)
{
    const auto row = txn.db().one(u"SELECT s.started_at, d.posture_at, d.id, s.posture_missed_at FROM auth_session s JOIN auth_device d ON d.id = s.device_id "
                                  "WHERE s.sid = ? AND s.status = 'active' FOR UPDATE"_s,
        {sid});
    if (!row)
        return;
    const Instant heard = heardAt(row->maybeInstant(1), row->instant(0));
    const auto rule = postureMissed(heard, txn.now());
    const auto noted = row->maybeInstant(3);
    if (!rule || (noted && *noted >= heard))
        return;
    txn.db().exec(u"UPDATE auth_session SET posture_missed_at = ? WHERE sid = ?"_s, {txn.now(), sid});
    fire(txn, *rule, sid, protocol::json::object{{"device_id", protocol::utf8(row->text(2))}, {"heard_at", protocol::utf8(toRfc3339(heard))}});
}

} // namespace

// Only of sessions whose tokens were good, and each ten seconds at most: whoever goes on knocking costs a look, not a change.
void AuthService::noteSensitiveTried(std::string_view accessToken, std::string_view thumbprint)
{
    const auto claims = d->claimsOf(accessToken);
    if (!claims || claims->jkt != thumbprint || d->clock.now() >= claims->expiresAt)
        return;
    const auto end = d->view.end(claims->sid);
    if (!end || end->reason != SessionEndReason::Displaced || d->triedAfterEnd.take(protocol::utf8(claims->sid.toString()), d->clock.steady()) > Millis{0})
        return;
    // A full intake has worse worries.
    d->writer.submit(systemActor(u"auth-rules"_s), [sid = claims->sid](Txn& txn) { server::noteSensitiveTried(txn, sid); }, [](std::exception_ptr) {});
}

// E13.
void AuthService::noteRead(const SessionId& sid, const UserId& user, std::int64_t records)
{
    if (const auto much = d->reading.read(sid, user, records, d->clock.now()))
        d->judgeReading(sid, user, *much);
}

void AuthService::Private::judgeReading(const SessionId& sid, const UserId& user, std::int64_t records)
{
    // When no reader is free, the next record asks again.
    reads.submit([d = shared_from_this(), sid, user, records](Connection& db) {
        try {
            const auto usual = usualReading(db, user, d->clock.now());
            if (const auto rule = usual ? readsTooMuch(records, *usual, d->clock.now()) : std::nullopt)
                d->restrict(sid, *rule, {{"records", records}, {"usual", *usual}}, u"reads-too-much"_s);
        } catch (const StoreError&) {
            // the next look tries again
        }
    });
}

void AuthService::Private::restrict(const SessionId& sid, const FiredRule& rule, const protocol::json::object& inputs, const QString& why)
{
    writer.submit(systemActor(u"auth-rules"_s), [sid, rule, inputs, why](Txn& txn) {
        if (restrictSession(txn, sid, why))
            fire(txn, rule, sid, inputs);
    }, [d = shared_from_this(), sid](std::exception_ptr error) {
        if (!error)
            d->lookAgain(sid);
    });
}

void AuthService::Private::flushWindows()
{
    auto windows = reading.takeEnded(clock.now());
    if (!windows.empty())
        writer.submit(systemActor(u"auth-rules"_s), [windows = std::move(windows)](Txn& txn) { writeWindows(txn, windows); }, [](std::exception_ptr) {}); // lost: ten minutes less are known
}

// E11. What follows for the device's trust is reckoned wherever it is asked for; here it is written down. The view learns that it was.
void AuthService::Private::noteMissedReports()
{
    constexpr std::size_t kAtOnce = 200;
    const std::vector<SessionId> silent = view.silent(clock.now());
    for (std::size_t from = 0; from < silent.size(); from += kAtOnce) {
        const std::vector<SessionId> some(silent.begin() + static_cast<std::ptrdiff_t>(from), silent.begin() + static_cast<std::ptrdiff_t>(std::min(silent.size(), from + kAtOnce)));
        const bool taken = writer.submit(systemActor(u"auth-rules"_s),
            [some](Txn& txn) {
                for (const SessionId& sid : some)
                    noteSilence(txn, sid);
            },
            [d = shared_from_this(), some](std::exception_ptr error) {
                if (error)
                    return; // the next sweep tries again
                d->reads.submit([d, some](Connection& db) {
                    try {
                        for (const SessionId& sid : some)
                            d->learn(db, sid);
                    } catch (const StoreError&) {
                        // the next sweep finds them noted
                    }
                });
            });
        if (!taken)
            return;
    }
}

} // namespace naru::server
