// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthService.h"

#include "server/auth/Accounts.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/AuthTimer.h"
#include "proof/Encoding.h"
#include "server/auth/Passwords.h"
#include "server/auth/RefreshTokens.h"
#include "server/auth/Sessions.h"
#include "server/auth/Throttle.h"
#include "server/auth/Token.h"

namespace naru::server {

using namespace Qt::StringLiterals;
using protocol::Problem;

namespace {

constexpr std::size_t kCheckedTokens = 8192;

Actor systemActor(const QString& requestId)
{
    Actor a;
    a.role = u"system"_s;
    a.requestId = requestId;
    return a;
}

Problem busy() { return authProblem(503, "sign-in-busy", "too many sign-ins are waiting; try again shortly", 5); }
Problem invalidGrant() { return authProblem(400, "invalid-grant", "this code or refresh token is not valid (any more)"); }

// What a failed piece of work means for the caller.
Problem problemOf(std::exception_ptr error)
{
    try {
        std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        return e.problem;
    } catch (const StoreError& e) {
        if (e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Corrupt && e.kind != StoreError::Kind::Other)
            return authProblem(503, "store-unavailable", "the server cannot write at the moment", 5);
        return authProblem(500, "internal", "something went wrong on the server");
    } catch (...) {
        return authProblem(500, "internal", "something went wrong on the server");
    }
}

int secondsUntil(Instant then, Instant now) { return static_cast<int>(std::max<std::int64_t>(0, (then - now).count() / 1000)); }

} // namespace

struct AuthService::Private {
    Private(AuthOptions o, const Clock& c, Rng& r, Writer& w, ReadPool& p)
        : options(std::move(o)), clock(c), rng(r), writer(w), reads(p), key(options.dataDir + u"/signing-key.pem"_s, options.issuer),
          refreshKey(options.dataDir + u"/refresh.key"_s, r), throttle(c),
          pool({options.hashThreads > 0 ? options.hashThreads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2), options.hashNice,
                   options.hashQueue, options.hashDeadline}, c)
    {
    }

    const AuthOptions options;
    const Clock& clock;
    Rng& rng;
    Writer& writer;
    ReadPool& reads;
    TokenKey key;
    RefreshKey refreshKey;
    SessionView view;
    Throttle throttle;
    PasswordPool pool;
    AuthTimer timer;
    EndedListener ended;
    bool shared = false; // with other servers

    std::mutex checkedLock; // guards checked
    std::unordered_map<std::string, Claims> checked; // SHA-256 of tokens whose signature is good

    std::mutex tickLock; // guards the two below
    Millis lastFlush{0};
    Millis lastSweep{0};

    std::optional<Claims> claimsOf(std::string_view token);
    std::optional<Problem> overProblem(const LiveSession& s, Millis idle) const;
    TokenGrant grant(const LiveSession& s, const Id128& family, std::uint32_t counter);
    void decideSignIn(const SignInRequest& request, const UserId& user, bool good, const CodeGiven& done);
    void announce(const SessionId& sid, const SessionEnded& how)
    {
        view.ended(sid, how);
        if (ended)
            ended(sid, how);
    }
    std::string randomCode()
    {
        std::string bytes(32, '\0');
        rng.fill(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
        return "nac1_" + proof::toBase64Url(bytes);
    }
};

std::optional<Claims> AuthService::Private::claimsOf(std::string_view token)
{
    if (token.size() > 4096)
        return std::nullopt;
    const std::string digest = proof::sha256(token);
    {
        const std::lock_guard lock(checkedLock);
        const auto it = checked.find(digest);
        if (it != checked.end())
            return it->second;
    }
    auto claims = key.check(token);
    if (claims) {
        const std::lock_guard lock(checkedLock);
        if (checked.size() >= kCheckedTokens)
            checked.clear(); // rare; each entry is one signature check to win back
        checked.emplace(digest, *claims);
    }
    return claims;
}

std::optional<Problem> AuthService::Private::overProblem(const LiveSession& s, Millis idle) const
{
    const Instant now = clock.now();
    if (now >= s.absUntil)
        return endedProblem({SessionEndReason::ExpiredAbsolute, s.absUntil, {}, {}});
    if (now > s.lastActivity + idle)
        return endedProblem({SessionEndReason::ExpiredIdle, s.lastActivity + options.idle, {}, {}});
    return std::nullopt;
}

TokenGrant AuthService::Private::grant(const LiveSession& s, const Id128& family, std::uint32_t counter)
{
    const Instant now = clock.now();
    const Instant idleUntil = s.lastActivity + options.idle;
    // Never past what is known of the idle limit, so that a token alone can outlive nothing.
    const Instant until = std::min({now + options.accessLife, idleUntil, s.absUntil});
    Claims c;
    c.userId = s.userId;
    c.sid = s.sid;
    c.sv = s.sv;
    c.role = s.role;
    c.vendorId = s.vendorId;
    c.scope = protocol::utf8(scopesOf(s.role).join(u' '));
    c.jti = proof::toBase64Url({reinterpret_cast<const char*>(makeId<Id<struct TokenTag>>(clock, rng).value.bytes.data()), 16});
    c.issuedAt = now;
    c.expiresAt = until;
    TokenGrant g;
    g.accessToken = key.mint(c);
    g.refreshToken = refreshKey.make(family, counter);
    g.scopes = scopesOf(s.role);
    g.sid = s.sid;
    g.sv = s.sv;
    g.expiresIn = secondsUntil(until, now);
    g.idleExpiresIn = secondsUntil(idleUntil, now);
    g.absExpiresIn = secondsUntil(s.absUntil, now);
    return g;
}

AuthService::AuthService(AuthOptions options, const Clock& clock, Rng& rng, Writer& writer, ReadPool& reads)
    : d(std::make_shared<Private>(std::move(options), clock, rng, writer, reads))
{
}

AuthService::~AuthService() { stop(); }

void AuthService::onEnded(EndedListener listener) { d->ended = std::move(listener); }

void AuthService::load(Connection& db)
{
    loadSessions(db, d->view, d->options.idle, d->clock.now() - d->options.absolute);
    d->lastFlush = d->lastSweep = d->clock.steady();
    d->pool.start();
    if (d->options.ownTimer)
        d->timer.start([this] { tick(); });
}

void AuthService::stop()
{
    d->timer.stop();
    d->pool.stop();
}

void AuthService::shareSessions() { d->shared = true; }

void AuthService::follow(Connection& db, const SessionId& sid)
{
    if (const auto how = learnSession(db, d->view, sid, d->options.idle))
        d->announce(sid, *how);
}

bool AuthService::lookUp(const SessionId& sid, std::function<void(bool)> done)
{
    return d->reads.submit([d = d, sid, done = std::move(done)](Connection& db) {
        bool read = true;
        try {
            if (const auto how = learnSession(db, d->view, sid, d->options.idle))
                d->announce(sid, *how);
        } catch (const StoreError&) {
            read = false; // it stays unknown: the caller may ask again
        }
        done(read);
    });
}

AuthService::Verdict AuthService::verify(std::string_view accessToken, bool lookedUp)
{
    const auto claims = d->claimsOf(accessToken);
    if (!claims || claims->issuedAt > d->clock.now() + Millis{5000})
        return authProblem(401, "token-invalid", "the access token is not one of ours");
    if (d->shared && !lookedUp && d->clock.now() < claims->expiresAt && !d->view.end(claims->sid)) {
        const auto known = d->view.live(claims->sid);
        if (!known || d->overProblem(*known, d->options.idle))
            return Unknown{claims->sid};
    }
    if (const auto end = d->view.end(claims->sid))
        return endedProblem(*end);
    const auto live = d->view.live(claims->sid);
    if (!live || claims->sv < d->view.minimumVersion(claims->userId))
        return authProblem(401, "session-revoked", "this session is not known any more");
    if (d->clock.now() >= claims->expiresAt)
        return authProblem(401, "token-expired", "the access token ran out; refresh it");
    if (auto over = d->overProblem(*live, d->options.idle + d->options.idleGrace))
        return std::move(*over);
    Principal p;
    p.userId = live->userId;
    p.sid = live->sid;
    p.sv = live->sv;
    p.role = claims->role;
    p.vendorId = claims->vendorId;
    p.displayName = live->displayName;
    p.scopes = protocol::fromUtf8(claims->scope).split(u' ', Qt::SkipEmptyParts);
    p.tokenExpiresAt = claims->expiresAt;
    return p;
}

void AuthService::noteActivity(const SessionId& sid) { d->view.touch(sid, d->clock.now()); }

void AuthService::tick()
{
    bool flush = false;
    bool sweep = false;
    {
        const std::lock_guard lock(d->tickLock);
        const Millis now = d->clock.steady();
        if ((flush = now - d->lastFlush >= d->options.activityFlush))
            d->lastFlush = now;
        if ((sweep = now - d->lastSweep >= d->options.sweepEvery))
            d->lastSweep = now;
    }
    if (flush) {
        auto unsaved = d->view.takeUnsaved();
        if (!unsaved.empty())
            d->writer.submit(systemActor(u"auth-activity"_s), [d = d, unsaved = std::move(unsaved)](Txn& txn) {
                for (const LiveSession& s : unsaved)
                    txn.db().exec(u"UPDATE session_head SET idle_until = ? WHERE user_id = ? AND sid = ? AND idle_until < ?"_s,
                        {s.lastActivity + d->options.idle, s.userId, s.sid, s.lastActivity + d->options.idle});
            }, [](std::exception_ptr) {}); // lost: the next activity is written again; the grace covers one flush
    }
    if (!sweep)
        return;
    for (const LiveSession& s : d->view.over(d->clock.now(), d->options.idle + d->options.idleGrace))
        endSession(s.sid, d->clock.now() >= s.absUntil ? SessionEndReason::ExpiredAbsolute : SessionEndReason::ExpiredIdle, u"auth-sweep"_s, {});
    d->view.forgetEnds(d->clock.now() - d->options.absolute);
}

namespace {

struct Account {
    UserId id; // null: unknown
    QString phc;
    bool active = false;
};

Account accountOf(Connection& db, const QString& login)
{
    Account account;
    if (const auto row = db.one(u"SELECT u.id, c.phc, u.status FROM user_account u JOIN auth_credential c ON c.user_id = u.id AND c.kind = 'password' "
                                "WHERE u.login = ?"_s, {login})) {
        account.id = row->id<UserId>(0);
        account.phc = row->text(1);
        account.active = row->text(2) == u"active";
    }
    return account;
}

} // namespace

void AuthService::Private::decideSignIn(const SignInRequest& request, const UserId& user, bool good, const CodeGiven& done)
{
    throttle.finished(request.login, request.place, good ? Throttle::Outcome::Success : Throttle::Outcome::Failure);
    const std::string code = good ? randomCode() : std::string();
    // A refusal takes the same way through the writer: it is audited, and takes the same time.
    const bool taken = writer.submit(systemActor(request.requestId), [request, user, good, code, life = options.codeLife](Txn& txn) {
        if (good)
            txn.db().exec(u"INSERT INTO auth_code (code_hash, user_id, challenge, device_name, place, expected_sv, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                {Param(std::string_view(proof::toBase64Url(proof::sha256(code)))), user, Param(std::string_view(request.codeChallenge)), request.deviceName, request.place,
                    Param(request.expectedSv), txn.now() + life});
        txn.audit(good ? u"auth.signin.ok"_s : u"auth.signin.failed"_s, u"user"_s, user.value,
            protocol::json::object{{"device", protocol::utf8(request.deviceName)}, {"place", protocol::utf8(request.place)}});
    }, [done, good, code](std::exception_ptr error) {
        if (error)
            done(problemOf(error));
        else if (good)
            done(code);
        else
            done(authProblem(401, "invalid-credentials", "the name or the password is wrong"));
    });
    if (!taken)
        done(busy());
}

void AuthService::signIn(SignInRequest request, CodeGiven done)
{
    if (const int wait = d->throttle.begin(request.login, request.place); wait > 0) {
        done(authProblem(429, "sign-in-throttled", "too many attempts; wait before the next one", wait));
        return;
    }
    auto giveUp = [d = d, request, done] {
        d->throttle.finished(request.login, request.place, Throttle::Outcome::Unknown);
        done(busy());
    };
    const bool taken = d->reads.submit([d = d, request, done, giveUp](Connection& db) {
        Account account;
        try {
            account = accountOf(db, request.login);
        } catch (const StoreError&) {
            giveUp();
            return;
        }
        d->pool.check(account.phc, request.secret, [d, request, done, giveUp, account](PasswordPool::Outcome outcome) {
            if (outcome == PasswordPool::Outcome::Busy)
                giveUp();
            else
                d->decideSignIn(request, account.id, outcome == PasswordPool::Outcome::Match && account.active, done);
        });
    });
    if (!taken)
        giveUp();
}

namespace {

// Everything a redeemed code or a refresh decides inside the transaction; told and answered after the commit.
struct Decision {
    std::optional<Problem> problem;
    std::optional<LiveSession> opened;
    SessionId sid;
    Id128 family;
    std::uint32_t counter = 1;
    std::vector<std::pair<SessionId, SessionEnded>> ended;
    std::optional<LiveSession> learned; // from its row; the view follows after the commit
};

// The view and, when servers share it, the row together. What is read here may be rolled back: it goes into the decision, not into the view.
SessionRows lookWithin(Txn& txn, const SessionView& view, const SessionId& sid, bool shared, Millis idle, Decision& out)
{
    SessionRows known{view.live(sid), view.end(sid)};
    if (!shared || known.ended)
        return known;
    const SessionRows rows = readSession(txn.db(), sid, idle);
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

void endWith(Txn& txn, Decision& out, const SessionId& sid, SessionEndReason reason)
{
    if (const auto how = closeSession(txn, sid, reason))
        out.ended.emplace_back(sid, *how);
}

Decision redeem(Txn& txn, const AuthOptions& options, const std::string& code, const std::string& verifier)
{
    Decision out;
    Connection& db = txn.db();
    const QString hash = QString::fromStdString(proof::toBase64Url(proof::sha256(code)));
    const auto row = db.one(u"SELECT user_id, challenge, device_name, place, expected_sv, expires_at, used_at, family FROM auth_code WHERE code_hash = ? FOR UPDATE"_s, {hash});
    db.exec(u"DELETE FROM auth_code WHERE expires_at < ?"_s, {txn.now() - Millis{24 * 3600'000}});
    if (!row) {
        out.problem = invalidGrant();
        return out;
    }
    if (!row->isNull(6)) { // somebody else has it too: what came of it ends
        if (!row->isNull(7))
            if (const auto family = db.one(u"SELECT sid FROM auth_refresh_family WHERE family = ?"_s, {row->text(7)}))
                endWith(txn, out, family->id<SessionId>(0), SessionEndReason::Revoked);
        out.problem = invalidGrant();
        return out;
    }
    // Used up in any case, so that a verifier cannot be guessed.
    db.exec(u"UPDATE auth_code SET used_at = ? WHERE code_hash = ?"_s, {txn.now(), hash});
    if (row->instant(5) <= txn.now() || !proof::sameSecret(proof::toBase64Url(proof::sha256(verifier)), protocol::utf8(row->text(1)))) {
        out.problem = invalidGrant();
        return out;
    }
    const auto result = openSession(txn,
        {row->id<UserId>(0), row->text(2), row->text(3), row->maybeInteger(4), options.idle, options.absolute});
    if (const auto* other = std::get_if<NeedsConfirmation>(&result)) {
        out.problem = authProblem(409, "session-confirm", "this account is signed in elsewhere");
        out.problem->extra = {{"sv", other->sv}, {"device", protocol::utf8(other->deviceName)}, {"place", protocol::utf8(other->place)}};
        return out;
    }
    const Opened& opened = std::get<Opened>(result);
    out.opened = opened.session;
    out.sid = opened.session.sid;
    out.family = startFamily(txn, out.sid, opened.session.userId);
    db.exec(u"UPDATE auth_code SET family = ? WHERE code_hash = ?"_s, {out.family.toString(), hash});
    if (opened.displaced)
        out.ended.push_back(*opened.displaced);
    return out;
}

} // namespace

void AuthService::redeemCode(const std::string& code, const std::string& verifier, const QString& requestId, Granted done)
{
    auto decision = std::make_shared<Decision>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(systemActor(requestId), [d = d, decision, code, verifier](Txn& txn) {
        *decision = redeem(txn, d->options, code, verifier);
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
        done(busy());
}

void AuthService::refresh(const std::string& refreshToken, bool userActive, const QString& requestId, Granted done)
{
    const auto token = d->refreshKey.parse(refreshToken);
    if (!token) {
        done(invalidGrant());
        return;
    }
    auto decision = std::make_shared<Decision>(); // owners: the work and what runs after it
    decision->family = token->family;
    const bool taken = d->writer.submit(systemActor(requestId), [d = d, decision, token = *token, userActive](Txn& txn) {
        Decision& out = *decision = Decision{}; // the work may run more than once
        out.family = token.family;
        const FamilyUse use = useFamily(txn, token, d->options.refreshReplay);
        out.sid = use.sid;
        out.counter = use.next;
        if (use.kind == FamilyUse::Kind::Unknown) {
            out.problem = invalidGrant();
            return;
        }
        const auto [live, end] = lookWithin(txn, d->view, use.sid, d->shared, d->options.idle, out);
        if (use.kind == FamilyUse::Kind::Revoked || !live) {
            out.problem = end ? endedProblem(*end) : authProblem(401, "session-revoked", "this session is not known any more");
            return;
        }
        if (use.kind == FamilyUse::Kind::Reused) {
            txn.audit(u"auth.refresh.reuse"_s, u"session"_s, use.sid.value, protocol::json::object{{"counter", token.counter}});
            endWith(txn, out, use.sid, SessionEndReason::Revoked);
            out.problem = authProblem(401, "session-revoked", "this refresh token was used before; the session was ended");
            return;
        }
        // Activity may still be on its way here from the last seconds, but only if the person was active at all.
        const Millis idle = d->options.idle + (userActive ? d->options.idleGrace : Millis{0});
        if (auto over = d->overProblem(*live, idle)) {
            endWith(txn, out, use.sid, over->code == u"session-expired-idle" ? SessionEndReason::ExpiredIdle : SessionEndReason::ExpiredAbsolute);
            out.problem = std::move(*over);
            return;
        }
        if (userActive)
            txn.db().exec(u"UPDATE session_head SET idle_until = ? WHERE user_id = ? AND sid = ?"_s, {txn.now() + d->options.idle, live->userId, use.sid});
    }, [d = d, decision, userActive, done](std::exception_ptr error) {
        if (error) {
            done(problemOf(error));
            return;
        }
        if (decision->learned)
            d->view.learned(*decision->learned);
        for (const auto& [sid, how] : decision->ended)
            d->announce(sid, how);
        if (decision->problem) {
            done(*decision->problem);
            return;
        }
        if (userActive)
            d->view.touch(decision->sid, d->clock.now());
        const auto live = d->view.live(decision->sid);
        if (live)
            done(d->grant(*live, decision->family, decision->counter));
        else
            done(authProblem(401, "session-revoked", "this session is not known any more"));
    });
    if (!taken)
        done(busy());
}

void AuthService::revoke(const std::string& refreshToken, const QString& requestId, Finished done)
{
    const auto token = d->refreshKey.parse(refreshToken);
    if (!token) {
        done(nullptr);
        return;
    }
    auto decision = std::make_shared<Decision>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(systemActor(requestId), [decision, token = *token](Txn& txn) {
        *decision = Decision{};
        if (const auto row = txn.db().one(u"SELECT sid FROM auth_refresh_family WHERE family = ? AND state = 'live'"_s, {token.family.toString()}))
            endWith(txn, *decision, row->id<SessionId>(0), SessionEndReason::SignedOut);
    }, [d = d, decision, done](std::exception_ptr error) {
        if (!error)
            for (const auto& [sid, how] : decision->ended)
                d->announce(sid, how);
        done(error);
    });
    if (!taken)
        done(std::make_exception_ptr(ProblemError(busy())));
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
    auto decision = std::make_shared<Decision>(); // owners: the work and what runs after it
    const bool taken = d->writer.submit(actor, [d = d, decision, sid, reason](Txn& txn) {
        *decision = Decision{};
        if (reason == SessionEndReason::ExpiredIdle) { // something may have been done since the sweeper looked, perhaps at another server
            const auto live = lookWithin(txn, d->view, sid, d->shared, d->options.idle, *decision).live;
            if (live && d->clock.now() <= live->lastActivity + d->options.idle + d->options.idleGrace)
                return;
        }
        endWith(txn, *decision, sid, reason);
    }, [d = d, decision, done](std::exception_ptr error) {
        if (!error && decision->learned)
            d->view.learned(*decision->learned);
        if (!error)
            for (const auto& [ended, how] : decision->ended)
                d->announce(ended, how);
        if (done)
            done(error);
    });
    if (!taken && done)
        done(std::make_exception_ptr(ProblemError(busy())));
}

std::pair<int, int> AuthService::remaining(const SessionId& sid) const
{
    const auto live = d->view.live(sid);
    if (!live)
        return {0, 0};
    const Instant now = d->clock.now();
    return {secondsUntil(live->lastActivity + d->options.idle, now), secondsUntil(live->absUntil, now)};
}

std::string AuthService::jwks() const { return d->key.jwks(); }
const AuthOptions& AuthService::options() const { return d->options; }

} // namespace naru::server
