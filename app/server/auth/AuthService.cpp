// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthServicePrivate.h"

#include "proof/Encoding.h"
#include "proof/HandoverKey.h"
#include "server/auth/KeyFile.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/device/DeviceTier.h"
#include "server/auth/rules/Rules.h"
#include "server/store/Failpoint.h"

#include <future>

namespace naru::server {

using namespace Qt::StringLiterals;
using protocol::Problem;

namespace {

constexpr std::size_t kCheckedTokens = 8192;

std::string draftSecretIn(const QString& dataDir, Rng& rng)
{
    return secretFile(dataDir + u"/draft.key"_s, [&rng] {
        std::string key(32, '\0');
        rng.fill(reinterpret_cast<unsigned char*>(key.data()), key.size());
        return key;
    });
}

} // namespace

Actor systemActor(const QString& requestId)
{
    Actor a;
    a.role = u"system"_s;
    a.requestId = requestId;
    return a;
}

Problem signInBusy(int retryAfterSeconds)
{
    return authProblem(503, "sign-in-busy", "too many sign-ins are waiting; try again shortly", retryAfterSeconds);
}

Problem invalidGrant() { return authProblem(400, "invalid-grant", "this code or refresh token is not valid (any more), or of another device"); }

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

AuthService::Private::Private(AuthOptions o, const Clock& c, Rng& r, Writer& w, ReadPool& p)
    : options(std::move(o)), clock(c), rng(r), writer(w), reads(p), refreshKey(options.dataDir + u"/refresh.key"_s, r),
      seal(Seal::fromFile(options.dataDir + u"/seal.key"_s, r)), draftSecret(draftSecretIn(options.dataDir, r)), keys(options.issuer),
      door(refreshKey.derived("naru dpop nonce"), options.publicUrl.toStdString(), c), throttle(c),
      pool({options.hashThreads > 0 ? options.hashThreads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2), options.hashNice,
               options.hashQueue, options.hashDeadline, options.hashQueueKnown}, c)
{
}

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
    auto claims = keys.check(token);
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
        return endedProblem({SessionEndReason::ExpiredAbsolute, s.absUntil, {}, {}, {}});
    if (now > s.lastActivity + idle)
        return endedProblem({SessionEndReason::ExpiredIdle, s.lastActivity + options.idle, {}, {}, {}});
    return std::nullopt;
}

int AuthService::Private::tierOf(const LiveSession& s) const
{
    return server::tierOf(s.storage, s.posture, server::heardAt(s.postureAt, s.startedAt), clock.now()).tier;
}

std::string AuthService::Private::draftKey(const UserId& user, const std::optional<DeviceId>& device) const
{
    return deriveKey(draftSecret, protocol::utf8(user.toString()), "naru drafts " + (device ? protocol::utf8(device->toString()) : std::string()));
}

std::string AuthService::handoverKey(const UserId& user, const DeviceId& device, const SessionId& sid) const
{
    return proof::handoverKey(d->draftKey(user, device), protocol::utf8(sid.toString()));
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
    c.deviceId = s.deviceId;
    c.scope = protocol::utf8(scopesOf(s.role).join(u' '));
    c.jti = proof::toBase64Url({reinterpret_cast<const char*>(makeId<Id<struct TokenTag>>(clock, rng).value.bytes.data()), 16});
    c.jkt = s.jkt.toStdString();
    c.tier = tierOf(s);
    c.factor = s.steppedUpAt != Instant{};
    c.authTime = c.factor ? s.steppedUpAt : s.startedAt;
    c.issuedAt = now;
    c.expiresAt = until;
    TokenGrant g;
    g.accessToken = keys.mint(c, now);
    g.refreshToken = refreshKey.make(family, counter, c.jkt);
    g.draftKey = proof::toBase64Url(draftKey(s.userId, s.deviceId));
    g.scopes = scopesOf(s.role);
    g.sid = s.sid;
    g.sv = s.sv;
    g.expiresIn = secondsUntil(until, now);
    g.idleExpiresIn = secondsUntil(idleUntil, now);
    g.absExpiresIn = secondsUntil(s.absUntil, now);
    return g;
}

void AuthService::Private::announce(const SessionId& sid, const SessionEnded& how)
{
    view.ended(sid, how);
    if (ended)
        ended(sid, how);
}

// What its row says now, into the view; the streams hear what is new.
void AuthService::Private::learn(Connection& db, const SessionId& sid)
{
    const auto before = view.live(sid);
    if (const auto how = learnSession(db, view, sid, options.idle)) {
        announce(sid, *how);
        return;
    }
    const auto now = view.live(sid);
    if (restricted && before && now && before->restricted != now->restricted)
        restricted(sid, now->restricted);
}

void AuthService::Private::lookAgain(const SessionId& sid)
{
    reads.submit([d = shared_from_this(), sid](Connection& db) { d->learn(db, sid); });
}

std::string AuthService::Private::randomText(const char* prefix)
{
    std::string bytes(32, '\0');
    rng.fill(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
    return prefix + proof::toBase64Url(bytes);
}

void AuthService::Private::takeKeys(Connection& db)
{
    const std::uint64_t begun = keys.beginReading();
    keys.take(readSigningKeys(db, seal), clock.now(), begun);
    const std::lock_guard lock(checkedLock);
    checked.clear(); // a key may have been revoked
}

// The next key is made in time to be known everywhere before it signs. Two servers at it make two: both are good.
void AuthService::Private::renewKeys()
{
    const auto newest = keys.newestUseFrom();
    const Instant now = clock.now();
    if (newest && now + options.keyAhead < *newest + options.keyLife) {
        reads.submit([d = shared_from_this()](Connection& db) {
            try {
                d->takeKeys(db);
            } catch (const std::exception&) {
                // those that are known stay; the next look may succeed
            }
        });
        return;
    }
    writer.submit(systemActor(u"auth-keys"_s), [d = shared_from_this(), from = newest ? std::max(now, *newest + options.keyLife) : now](Txn& txn) {
        addSigningKey(txn, d->seal, d->rng, from);
    }, [d = shared_from_this()](std::exception_ptr error) {
        if (!error)
            d->reads.submit([d](Connection& db) {
                try {
                    d->takeKeys(db);
                } catch (const std::exception&) {
                    // the next look reads them
                }
            });
    });
}

AuthService::AuthService(AuthOptions options, const Clock& clock, Rng& rng, Writer& writer, ReadPool& reads)
    : d(std::make_shared<Private>(std::move(options), clock, rng, writer, reads))
{
}

AuthService::~AuthService() { stop(); }

void AuthService::onEnded(EndedListener listener) { d->ended = std::move(listener); }
void AuthService::onRestricted(RestrictedListener listener) { d->restricted = std::move(listener); }
ProofDoor& AuthService::door() { return d->door; }
const Seal& AuthService::seal() const { return d->seal; }
PasswordPool& AuthService::passwords() { return d->pool; }

void AuthService::load(Connection& db)
{
    loadSessions(db, d->view, d->options.idle, d->clock.now() - d->options.absolute);
    d->keys.take(readSigningKeys(db, d->seal), d->clock.now());
    if (!d->keys.newestUseFrom()) {
        std::promise<void> made;
        std::vector<SigningKey> first;
        const bool taken = d->writer.submit(systemActor(u"auth-keys"_s), [&](Txn& txn) { first = {addSigningKey(txn, d->seal, d->rng, txn.now())}; },
            [&](std::exception_ptr error) { error ? made.set_exception(error) : made.set_value(); });
        if (!taken)
            throw std::runtime_error("the first signing key could not be written");
        made.get_future().get();
        d->keys.take(std::move(first), d->clock.now());
    }
    heard();
    d->lastFlush = d->lastSweep = d->lastKeys = d->clock.steady();
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
bool AuthService::sharesSessions() const { return d->shared; }
void AuthService::heard() { d->heardAt.store(d->clock.steady().count()); }
Millis AuthService::viewAge() const { return d->shared ? std::max(Millis{0}, d->clock.steady() - Millis{d->heardAt.load()}) : Millis{0}; }
void AuthService::follow(Connection& db, const SessionId& sid) { d->learn(db, sid); }
void AuthService::followKeys(Connection& db) { d->takeKeys(db); }

bool AuthService::lookUp(const SessionId& sid, std::function<void(bool)> done)
{
    return d->reads.submit([d = d, sid, done = std::move(done)](Connection& db) {
        bool read = true;
        try {
            d->learn(db, sid);
        } catch (const StoreError&) {
            read = false; // it stays unknown: the caller may ask again
        }
        done(read);
    });
}

AuthService::Verdict AuthService::verify(std::string_view accessToken, std::string_view thumbprint, bool lookedUp)
{
    const auto claims = d->claimsOf(accessToken);
    if (!claims || claims->issuedAt > d->clock.now() + Millis{5000})
        return authProblem(401, "token-invalid", "the access token is not one of ours");
    if (claims->jkt != thumbprint && !(failpointOn(kLayerSession) && thumbprint.empty())) {
        d->tokenOfAnotherKey(claims->sid);
        return authProblem(401, "auth-mismatch", "this access token belongs to the key of another device");
    }
    if (d->shared && !lookedUp && d->clock.now() < claims->expiresAt && !d->view.end(claims->sid)) {
        const auto known = d->view.live(claims->sid);
        if (!known || d->overProblem(*known, d->options.idle))
            return Unknown{claims->sid};
    }
    if (const auto end = d->view.end(claims->sid))
        return endedProblem(*end);
    const auto live = d->view.live(claims->sid);
    if (!live || live->userId != claims->userId || claims->sv < d->view.minimumVersion(claims->userId))
        return authProblem(401, "session-revoked", "this session is not known any more");
    if (d->clock.now() >= claims->expiresAt)
        return authProblem(401, "token-expired", "the access token ran out; refresh it");
    if (auto over = d->overProblem(*live, d->options.idle + d->options.idleGrace))
        return std::move(*over);
    Principal p = d->principal(*live);
    p.role = claims->role;
    p.vendorId = claims->vendorId;
    p.scopes = protocol::fromUtf8(claims->scope).split(u' ', Qt::SkipEmptyParts);
    p.tokenExpiresAt = claims->expiresAt;
    return p;
}

Principal AuthService::Private::principal(const LiveSession& s) const
{
    Principal p;
    p.userId = s.userId;
    p.sid = s.sid;
    p.sv = s.sv;
    p.role = s.role;
    p.vendorId = s.vendorId;
    p.displayName = s.displayName;
    p.deviceId = s.deviceId;
    p.tier = tierOf(s);
    p.restricted = s.restricted;
    p.steppedUpAt = s.steppedUpAt;
    p.openedFrom = s.network;
    return p;
}

std::optional<Principal> AuthService::principalOf(const SessionId& sid) const
{
    const auto live = d->view.live(sid);
    if (!live)
        return std::nullopt;
    Principal p = d->principal(*live);
    p.scopes = scopesOf(live->role);
    return p;
}

// E9: whoever uses one session from two networks at once is two.
void AuthService::seenFrom(const SessionId& sid, const QString& address)
{
    const auto rule = d->parallel.seen(sid, QString::fromStdString(networkOf(address)), d->clock.now());
    if (rule)
        d->suspect(sid, ConflictKind::ParallelUse, *rule, u"parallel-use"_s);
}

// E1: three times within a minute a token came with a proof of a key that is not its own: somebody has copied it.
void AuthService::Private::tokenOfAnotherKey(const SessionId& sid)
{
    if (view.live(sid) && mismatches.take(protocol::utf8(sid.toString()), clock.steady()) > Millis{0})
        suspect(sid, ConflictKind::Reuse, FiredRule{u"E1"_s, u"token-of-another-key"_s, u"restrict"_s, clock.now()}, u"proof-mismatch"_s);
}

void AuthService::Private::suspect(const SessionId& sid, ConflictKind kind, const FiredRule& rule, const QString& why)
{
    writer.submit(systemActor(u"auth-rules"_s), [sid, kind, rule, why](Txn& txn) {
        const auto row = txn.db().one(u"SELECT user_id FROM auth_session WHERE sid = ? AND status = 'active'"_s, {sid});
        if (!row || !restrictSession(txn, sid, why))
            return;
        NewConflict conflict;
        conflict.user = row->id<UserId>(0);
        conflict.newSid = sid;
        conflict.kind = kind;
        conflict.rules = {fire(txn, rule, sid, {})};
        openConflict(txn, conflict);
    }, [d = shared_from_this(), sid](std::exception_ptr error) {
        if (!error)
            d->lookAgain(sid);
    });
}

void AuthService::noteActivity(const SessionId& sid) { d->view.touch(sid, d->clock.now()); }

void AuthService::tick()
{
    bool flush = false;
    bool sweep = false;
    bool keys = false;
    {
        const std::lock_guard lock(d->tickLock);
        const Millis now = d->clock.steady();
        const auto due = [now](Millis& last, Millis every) {
            if (now - last < every)
                return false;
            last = now;
            return true;
        };
        flush = due(d->lastFlush, d->options.activityFlush);
        sweep = due(d->lastSweep, d->options.sweepEvery);
        keys = due(d->lastKeys, d->options.keysEvery);
    }
    if (flush) {
        d->flushActivity();
        d->flushWindows();
    }
    if (keys)
        d->renewKeys();
    if (!sweep)
        return;
    d->sweep();
    d->view.forgetEnds(d->clock.now() - d->options.absolute);
}

void AuthService::Private::flushActivity()
{
    auto unsaved = view.takeUnsaved();
    if (unsaved.empty())
        return;
    writer.submit(systemActor(u"auth-activity"_s), [d = shared_from_this(), unsaved = std::move(unsaved)](Txn& txn) {
        for (const LiveSession& s : unsaved) {
            txn.db().exec(u"UPDATE session_head SET idle_until = ? WHERE user_id = ? AND sid = ? AND idle_until < ?"_s,
                {s.lastActivity + d->options.idle, s.userId, s.sid, s.lastActivity + d->options.idle});
            txn.db().exec(u"UPDATE auth_session SET last_activity_at = ? WHERE sid = ?"_s, {s.lastActivity, s.sid});
        }
    }, [](std::exception_ptr) {}); // lost: the next activity is written again; the grace covers one flush
}

std::pair<int, int> AuthService::remaining(const SessionId& sid) const
{
    const auto live = d->view.live(sid);
    if (!live)
        return {0, 0};
    const Instant now = d->clock.now();
    return {secondsUntil(live->lastActivity + d->options.idle, now), secondsUntil(live->absUntil, now)};
}

std::string AuthService::jwks() const { return d->keys.jwks(); }
const AuthOptions& AuthService::options() const { return d->options; }

} // namespace naru::server
