// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthServicePrivate.h"

#include "proof/Encoding.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/factor/Factors.h"

// Codes and refresh tokens for access tokens, the ends of sessions, and verifying a person once more.
namespace naru::server {

using namespace Qt::StringLiterals;
using protocol::Problem;

Problem elsewhereProblem(const Elsewhere& other)
{
    Problem p = other.policy == Elsewhere::Policy::Deny
        ? authProblem(409, "session-exists", "this account can be used in one place and is in use; sign out there first")
        : authProblem(409, "session-confirm", "this account is signed in elsewhere; send its sv as expected_sv to end that session");
    p.extra = {{"sv", other.sv}, {"device", protocol::utf8(other.deviceName)}, {"place", protocol::utf8(other.place)},
        {"last_activity_at", protocol::utf8(toRfc3339(other.lastActivity))}};
    return p;
}

SessionRows AuthService::Private::lookWithin(Txn& txn, const SessionId& sid, ExchangeOutcome& out)
{
    SessionRows known{view.live(sid), view.end(sid)};
    if (!shared || known.ended)
        return known;
    const SessionRows rows = readSession(txn.db(), sid, options.idle);
    if (rows.ended) {
        out.ended.emplace_back(sid, *rows.ended);
        return {{}, rows.ended};
    }
    if (!rows.live)
        return known;
    out.learned = rows.live;
    if (!known.live)
        known.live = rows.live;
    known.live->lastActivity = std::max(known.live->lastActivity, rows.live->lastActivity);
    return known;
}

namespace {

int secondsOf(Millis wait) { return static_cast<int>((wait.count() + 999) / 1000); }

void endWith(Txn& txn, ExchangeOutcome& out, const SessionId& sid, SessionEndReason reason)
{
    if (const auto how = closeSession(txn, sid, reason))
        out.ended.emplace_back(sid, *how);
}

ExchangeOutcome redeem(Txn& txn, const AuthOptions& options, const std::string& code, const std::string& verifier, const std::string& thumbprint)
{
    ExchangeOutcome out;
    Connection& db = txn.db();
    const QString hash = QString::fromStdString(proof::toBase64Url(proof::sha256(code)));
    const auto row = db.one(u"SELECT user_id, challenge, device_id, place, expected_sv, expires_at, used_at, family, jkt, stepped_up FROM auth_code WHERE code_hash = ? FOR UPDATE"_s, {hash});
    db.exec(u"DELETE FROM auth_code WHERE expires_at < ?"_s, {txn.now() - Millis{24 * 3600'000}});
    if (!row) {
        out.problem = invalidGrant();
        return out;
    }
    if (!row->isNull(6)) { // somebody else has it too: what came of it ends
        if (!row->isNull(7))
            if (const auto family = db.one(u"SELECT sid FROM auth_refresh_family WHERE family = ?"_s, {row->text(7)}))
                endWith(txn, out, family->id<SessionId>(0), SessionEndReason::Revoked);
        txn.audit(u"auth.rule.fired"_s, u"user"_s, row->id<UserId>(0).value, protocol::json::object{{"rule", "E4"}, {"signal", "code-used-twice"}});
        out.problem = invalidGrant();
        return out;
    }
    // Used up in any case, so that a verifier cannot be guessed.
    db.exec(u"UPDATE auth_code SET used_at = ? WHERE code_hash = ?"_s, {txn.now(), hash});
    if (row->instant(5) <= txn.now() || row->isNull(2) || !proof::sameSecret(proof::toBase64Url(proof::sha256(verifier)), protocol::utf8(row->text(1)))
        || !proof::sameSecret(thumbprint, protocol::utf8(row->text(8)))) {
        out.problem = invalidGrant();
        return out;
    }
    const auto result = openSession(txn,
        {row->id<UserId>(0), row->id<DeviceId>(2), row->text(3), row->maybeInteger(4), row->integer(9) == 1, options.idle, options.absolute});
    if (const auto* other = std::get_if<Elsewhere>(&result)) {
        out.problem = elsewhereProblem(*other);
        return out;
    }
    const Opened& opened = std::get<Opened>(result);
    out.opened = opened.session;
    out.sid = opened.session.sid;
    out.family = startFamily(txn, out.sid, opened.session.userId, thumbprint);
    db.exec(u"UPDATE auth_code SET family = ? WHERE code_hash = ?"_s, {out.family.toString(), hash});
    if (opened.displaced)
        out.ended.push_back(*opened.displaced);
    return out;
}

// A token older than the one before the last: two hold it. Its session ends (E2).
void reused(Txn& txn, ExchangeOutcome& out, const SessionId& sid, std::uint32_t counter)
{
    txn.audit(u"auth.refresh.reuse"_s, u"session"_s, sid.value, protocol::json::object{{"counter", counter}, {"rule", "E2"}});
    if (const auto row = txn.db().one(u"SELECT user_id FROM auth_session WHERE sid = ?"_s, {sid})) {
        NewConflict conflict;
        conflict.user = row->id<UserId>(0);
        conflict.oldSid = sid;
        conflict.kind = ConflictKind::Reuse;
        conflict.score = 4;
        conflict.rules = {{u"E2"_s, u"refresh-token-reused"_s, u"end"_s, txn.now()}};
        openConflict(txn, conflict);
    }
    endWith(txn, out, sid, SessionEndReason::Revoked);
    out.problem = authProblem(401, "session-revoked", "this refresh token was used before; the session was ended");
}

} // namespace

void AuthService::redeemCode(const std::string& code, const std::string& verifier, const std::string& thumbprint, const QString& requestId, Granted done)
{
    auto decision = std::make_shared<ExchangeOutcome>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(systemActor(requestId), [d = d, decision, code, verifier, thumbprint](Txn& txn) {
        *decision = redeem(txn, d->options, code, verifier, thumbprint);
    }, [d = d, decision, done](std::exception_ptr error) {
        if (error) {
            done(problemOf(error));
            return;
        }
        if (decision->opened)
            d->view.opened(*decision->opened);
        for (const auto& [sid, how] : decision->ended)
            d->announce(sid, how);
        if (decision->problem)
            done(*decision->problem);
        else
            done(d->grant(*decision->opened, decision->family, decision->counter));
    });
    if (!taken)
        done(signInBusy());
}

void AuthService::refresh(const std::string& refreshToken, const std::string& thumbprint, bool userActive, const QString& requestId, Granted done)
{
    const auto token = d->refreshKey.parse(refreshToken, thumbprint);
    if (!token) {
        done(invalidGrant());
        return;
    }
    // A lost answer is given again however often it is asked for; only a new token takes a turn.
    const std::string turn = protocol::utf8(token->family.toString());
    const Millis wait = d->refreshes.take(turn, d->clock.steady());
    auto decision = std::make_shared<ExchangeOutcome>(); // owners: the work and what runs after it
    decision->family = token->family;
    const bool taken = d->writer.submit(systemActor(requestId), [d = d, decision, token = *token, userActive, wait](Txn& txn) {
        ExchangeOutcome& out = *decision = ExchangeOutcome{}; // the work may run more than once
        out.family = token.family;
        const FamilyUse use = useFamily(txn, token, d->options.refreshReplay, wait == Millis{0});
        out.sid = use.sid;
        out.counter = use.next;
        out.rotated = use.rotated;
        if (use.kind == FamilyUse::Kind::Unknown) {
            out.problem = invalidGrant();
            return;
        }
        const auto [live, end] = d->lookWithin(txn, use.sid, out);
        if (use.kind == FamilyUse::Kind::Revoked || !live) {
            out.problem = end ? endedProblem(*end) : authProblem(401, "session-revoked", "this session is not known any more");
            return;
        }
        if (use.kind == FamilyUse::Kind::Reused) {
            reused(txn, out, use.sid, token.counter);
            return;
        }
        // Activity may still be on its way here from the last seconds, but only if the person was active at all.
        const Millis idle = d->options.idle + (userActive ? d->options.idleGrace : Millis{0});
        if (auto over = d->overProblem(*live, idle)) {
            endWith(txn, out, use.sid, over->code == u"session-expired-idle" ? SessionEndReason::ExpiredIdle : SessionEndReason::ExpiredAbsolute);
            out.problem = std::move(*over);
            return;
        }
        out.tooSoon = use.kind == FamilyUse::Kind::TooSoon;
        if (out.tooSoon) {
            out.problem = authProblem(429, "refresh-throttled", "this session asked for new tokens too often; it lives on, wait before the next time", secondsOf(wait));
            return;
        }
        out.restricted = judgeHours(txn, *live);
        if (userActive)
            txn.db().exec(u"UPDATE session_head SET idle_until = ? WHERE user_id = ? AND sid = ?"_s, {txn.now() + d->options.idle, live->userId, use.sid});
    }, [d = d, decision, userActive, done, turn, wait](std::exception_ptr error) {
        if (wait == Millis{0} && (error || !decision->rotated))
            d->refreshes.giveBack(turn);
        if (error) {
            done(problemOf(error));
            return;
        }
        d->committed(*decision);
        if (userActive && (!decision->problem || decision->tooSoon)) // what the person did counts, also without a new token
            d->view.touch(decision->sid, d->clock.now());
        if (decision->problem) {
            done(*decision->problem);
            return;
        }
        const auto live = d->view.live(decision->sid);
        live ? done(d->grant(*live, decision->family, decision->counter)) : done(authProblem(401, "session-revoked", "this session is not known any more"));
    });
    if (taken)
        return;
    if (wait == Millis{0})
        d->refreshes.giveBack(turn);
    done(signInBusy());
}

void AuthService::revoke(const std::string& refreshToken, const std::string& thumbprint, const QString& requestId, Finished done)
{
    const auto token = d->refreshKey.parse(refreshToken, thumbprint);
    if (!token) {
        done(nullptr);
        return;
    }
    auto decision = std::make_shared<ExchangeOutcome>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(systemActor(requestId), [decision, token = *token](Txn& txn) {
        *decision = ExchangeOutcome{};
        if (const auto row = txn.db().one(u"SELECT sid FROM auth_refresh_family WHERE family = ? AND state = 'live'"_s, {token.family.toString()}))
            endWith(txn, *decision, row->id<SessionId>(0), SessionEndReason::SignedOut);
    }, [d = d, decision, done](std::exception_ptr error) {
        if (!error)
            for (const auto& [sid, how] : decision->ended)
                d->announce(sid, how);
        done(error);
    });
    if (!taken)
        done(std::make_exception_ptr(ProblemError(signInBusy())));
}

void AuthService::Private::committed(const ExchangeOutcome& decision)
{
    if (decision.learned)
        view.learned(*decision.learned);
    if (decision.restricted)
        lookAgain(decision.sid);
    for (const auto& [sid, how] : decision.ended)
        announce(sid, how);
}

// Many at a time: when a morning's sign-ins end together, they are some transactions, not thousands.
void AuthService::Private::sweep()
{
    noteMissedReports();
    constexpr std::size_t kAtOnce = 200;
    const std::vector<LiveSession> over = view.over(clock.now(), options.idle + options.idleGrace);
    for (std::size_t from = 0; from < over.size(); from += kAtOnce) {
        const std::vector<LiveSession> some(over.begin() + static_cast<std::ptrdiff_t>(from), over.begin() + static_cast<std::ptrdiff_t>(std::min(over.size(), from + kAtOnce)));
        auto outcomes = std::make_shared<std::vector<ExchangeOutcome>>(); // owners: the work and what runs after it
        const bool taken = writer.submit(systemActor(u"auth-sweep"_s), [d = shared_from_this(), outcomes, some](Txn& txn) {
            outcomes->clear();
            for (const LiveSession& s : some) {
                ExchangeOutcome& out = outcomes->emplace_back();
                const bool absolute = d->clock.now() >= s.absUntil;
                // Something may have been done since the sweeper looked, perhaps at another server.
                const auto live = d->lookWithin(txn, s.sid, out).live;
                if (absolute || !live || d->clock.now() > live->lastActivity + d->options.idle + d->options.idleGrace)
                    endWith(txn, out, s.sid, absolute ? SessionEndReason::ExpiredAbsolute : SessionEndReason::ExpiredIdle);
            }
        }, [d = shared_from_this(), outcomes](std::exception_ptr error) {
            if (error)
                return; // the next sweep tries again
            for (const ExchangeOutcome& out : *outcomes)
                d->committed(out);
        });
        if (!taken)
            return;
    }
}

void AuthService::endSession(const SessionId& sid, SessionEndReason reason, const QString& requestId, Finished done)
{
    Actor actor = systemActor(requestId);
    if (const auto live = d->view.live(sid); live && reason == SessionEndReason::SignedOut) {
        actor.userId = live->userId;
        actor.sessionId = sid;
        actor.vendorId = live->vendorId;
        actor.role = protocol::wireText(live->role);
        actor.letter = actorLetter(live->role);
    }
    auto decision = std::make_shared<ExchangeOutcome>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(actor, [d = d, decision, sid, reason](Txn& txn) {
        *decision = ExchangeOutcome{};
        endWith(txn, *decision, sid, reason);
    }, [d = d, decision, done](std::exception_ptr error) {
        if (!error)
            d->committed(*decision);
        if (done)
            done(error);
    });
    if (!taken && done)
        done(std::make_exception_ptr(ProblemError(signInBusy())));
}

namespace {

Problem wrongFactor() { return authProblem(401, "factor-invalid", "this code or password is wrong, or was used before"); }

} // namespace

void AuthService::stepUp(const Principal& who, const QString& factor, const QString& code, const QString& requestId, Refused done)
{
    if (d->stepUps.take(protocol::utf8(who.sid.toString()), d->clock.steady()) > Millis{0}) {
        d->tooManyStepUps(who, requestId, done);
        return;
    }
    const auto decide = [d = d, who, requestId, done, factor, code](bool passwordGood) {
        Actor actor = systemActor(requestId);
        actor.userId = who.userId;
        actor.sessionId = who.sid;
        actor.vendorId = who.vendorId;
        actor.role = protocol::wireText(who.role);
        actor.letter = actorLetter(who.role);
        auto good = std::make_shared<bool>(false); // owners: the work and what runs after it
        const bool taken = d->writer.submit(actor, [=](Txn& txn) {
            // Who has enrolled a factor verifies himself by it: the password alone would not be more than he has shown already.
            const QStringList factors = factorsOf(txn.db(), who.userId);
            *good = factor == u"password" ? passwordGood && factors == QStringList{u"password"_s} : factors.contains(factor) && useFactor(txn, d->seal, who.userId, factor, code);
            if (*good) {
                noteStepUp(txn, who.sid);
                liftRestriction(txn, who.sid);
            } else {
                txn.audit(u"auth.stepup.failed"_s, u"session"_s, who.sid.value, protocol::json::object{{"factor", protocol::utf8(factor)}});
            }
        }, [=](std::exception_ptr error) {
            if (error)
                return done(problemOf(error));
            if (!*good)
                return done(wrongFactor());
            d->reads.submit([=](Connection& db) {
                try {
                    d->learn(db, who.sid);
                    d->reading.restart(who.sid);
                    done(std::nullopt);
                } catch (const StoreError&) {
                    done(problemOf(std::current_exception()));
                }
            }) || (done(signInBusy(1)), true);
        });
        if (!taken)
            done(signInBusy());
    };
    if (factor != u"password")
        return decide(false);
    const bool asked = d->reads.submit([d = d, who, code, decide, done](Connection& db) {
        QString phc;
        try {
            if (const auto row = db.one(u"SELECT phc FROM auth_credential WHERE user_id = ? AND kind = 'password'"_s, {who.userId}))
                phc = row->text(0);
        } catch (const StoreError&) {
            return done(problemOf(std::current_exception()));
        }
        d->pool.check(phc, code, [decide, done](PasswordPool::Outcome outcome) {
            outcome == PasswordPool::Outcome::Busy ? done(signInBusy()) : decide(outcome == PasswordPool::Outcome::Match);
        }, Lane::Known);
    });
    if (!asked)
        done(signInBusy());
}

// Five tries in ten minutes are enough for whoever knows the code: who tries more may only read from now on.
void AuthService::Private::tooManyStepUps(const Principal& who, const QString& requestId, const Refused& done)
{
    const bool taken = writer.submit(systemActor(requestId), [who](Txn& txn) { restrictSession(txn, who.sid, u"step-up-failed"_s); },
        [d = shared_from_this(), who, done](std::exception_ptr) {
            d->reads.submit([d, who](Connection& db) { d->learn(db, who.sid); });
            done(authProblem(429, "step-up-throttled", "too many tries; wait before the next one", 120));
        });
    if (!taken)
        done(signInBusy());
}

std::optional<SessionId> AuthService::sessionOf(Connection& db, const std::string& refreshToken, const std::string& thumbprint) const
{
    const auto token = d->refreshKey.parse(refreshToken, thumbprint);
    if (!token)
        return std::nullopt;
    const auto row = db.one(u"SELECT sid FROM auth_refresh_family WHERE family = ?"_s, {token->family.toString()});
    return row ? std::optional(row->id<SessionId>(0)) : std::nullopt;
}

} // namespace naru::server
