// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthServicePrivate.h"

#include "proof/Encoding.h"
#include "server/auth/SignInDevice.h"
#include "server/auth/device/Devices.h"
#include "server/auth/factor/Factors.h"
#include "server/domain/Parties.h"

// POST /oauth/authorize-challenge: limits, password, device and factor, and at last a code.
namespace naru::server {

using namespace Qt::StringLiterals;
using protocol::Problem;

namespace {

constexpr int kPendingTries = 5; // of the factor, before the password has to be shown again

struct Account {
    UserId id; // null: unknown
    QString phc;
    bool knownDevice = false;
};

Account accountOf(Connection& db, const SignInRequest& request)
{
    Account account;
    if (const auto row = db.one(u"SELECT u.id, c.phc FROM user_account u JOIN auth_credential c ON c.user_id = u.id AND c.kind = 'password' WHERE u.login = ?"_s, {request.login})) {
        account.id = row->id<UserId>(0);
        account.phc = row->text(1);
        const auto device = deviceOfKey(db, account.id, QString::fromStdString(request.thumbprint));
        account.knownDevice = device && device->status == DeviceStatus::Active;
    }
    return account;
}

QString hashOf(const std::string& secret) { return QString::fromStdString(proof::toBase64Url(proof::sha256(secret))); }

// What a sign-in comes to once the person is known, decided inside the transaction.
struct SignInOutcome {
    std::optional<Problem> problem;
    std::string code;
    std::string pending; // to be told to the caller: goes on from here
};

Problem standingProblem(const DeviceStanding& standing, const std::string& pending)
{
    Problem p;
    switch (standing.kind) {
    case DeviceStanding::Kind::NeedsFactor: {
        p = authProblem(403, "step-up-required", "this device is new: a code is needed besides the password");
        protocol::json::array factors;
        for (const QString& f : standing.factors)
            factors.emplace_back(protocol::utf8(f));
        p.extra["factors"] = std::move(factors);
        break;
    }
    case DeviceStanding::Kind::NeedsApproval: p = authProblem(403, "device-approval-required", "this device is new: it has to be approved from another device or by support"); break;
    default: return authProblem(403, "device-revoked", "this device may not be used with this account any more");
    }
    p.extra["auth_session"] = pending;
    p.extra["device_id"] = protocol::utf8(standing.device.toString());
    return p;
}

// An account that may not be used says so to whoever knows its password, and only to him.
std::optional<Problem> closedProblem(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT u.status, COALESCE(v.status, '') FROM user_account u LEFT JOIN vendor v ON v.id = u.vendor_id WHERE u.id = ?"_s, {user});
    if (row && row->text(0) == u"locked")
        return authProblem(403, "account-locked", "this account is locked; ask support");
    if (!row || row->text(0) != u"active")
        return authProblem(403, "account-closed", "this account may not sign in");
    if (isShut(row->text(1)))
        return authProblem(403, "account-closed", "the company of this account may not work here at present; ask support");
    return std::nullopt;
}

void remember(Txn& txn, const UserId& user, const SignInRequest& request, const std::string& pending, Millis life)
{
    txn.db().exec(u"DELETE FROM auth_pending WHERE expires_at < ? OR (user_id = ? AND jkt = ?)"_s, {txn.now(), user, Param(request.thumbprint)});
    txn.db().exec(u"INSERT INTO auth_pending (id_hash, user_id, jkt, tries, expires_at) VALUES (?, ?, ?, 0, ?)"_s,
        {hashOf(pending), user, Param(request.thumbprint), txn.now() + life});
}

void signInAudit(Txn& txn, const QString& what, const UserId& user, const SignInRequest& request)
{
    txn.audit(what, u"user"_s, user.value, protocol::json::object{{"device", protocol::utf8(request.deviceName)}, {"place", protocol::utf8(request.place)}});
}

} // namespace

void AuthService::signIn(SignInRequest request, CodeGiven done)
{
    if (!request.authSession.isEmpty()) {
        d->goOnPending(request, done);
        return;
    }
    const bool taken = d->reads.submit([d = d, request, done](Connection& db) {
        Account account;
        try {
            account = accountOf(db, request);
        } catch (const StoreError&) {
            return done(signInBusy(busyRetrySeconds(d->rng)));
        }
        const auto lane = account.knownDevice ? Lane::Known : Lane::New;
        d->checkPassword(request, account.id, account.phc, lane, [d, request, done, account](const std::variant<bool, Problem>& checked) {
            if (const auto* refused = std::get_if<Problem>(&checked))
                return done(*refused);
            const bool good = std::get<bool>(checked);
            if (good && needsRehash(account.phc))
                d->rehash(account.id, account.phc, request);
            d->passwordKnown(request, account.id, good, done);
        });
    });
    if (!taken)
        done(signInBusy(busyRetrySeconds(d->rng)));
}

void AuthService::checkPassword(const SignInRequest& request, const UserId& user, const QString& phc, PasswordChecked done)
{
    d->checkPassword(request, user, phc, Lane::Known, done);
}

// Limits first, then the hash.
void AuthService::Private::checkPassword(const SignInRequest& request, const UserId& user, const QString& phc, Lane lane, const PasswordChecked& done)
{
    if (const int wait = throttle.begin(request.login, request.place, lane); wait > 0)
        return done(authProblem(429, "sign-in-throttled", "too many attempts; wait before the next one", wait));
    pool.check(phc, request.secret, [d = shared_from_this(), request, user, lane, done](PasswordPool::Outcome outcome) {
        if (outcome == PasswordPool::Outcome::Busy) {
            d->throttle.finished(request.login, request.place, Throttle::Outcome::Unknown, lane);
            return done(signInBusy(busyRetrySeconds(d->rng)));
        }
        const bool good = outcome == PasswordPool::Outcome::Match && !user.isNull();
        const auto advice = d->throttle.finished(request.login, request.place, good ? Throttle::Outcome::Success : Throttle::Outcome::Failure, lane);
        if (advice == Throttle::Advice::ResetCredential)
            d->askForNewPassword(request, user);
        done(good);
    }, lane);
}

// A hundred failures in a row on a device of the account: support is told; the password itself stays what it is, for a guess that fails is none.
void AuthService::Private::askForNewPassword(const SignInRequest& request, const UserId& user)
{
    writer.submit(systemActor(request.requestId), [user](Txn& txn) { txn.audit(u"auth.credential.suspect"_s, u"user"_s, user.value, {{"failures", 100}}); }, [](std::exception_ptr) {});
}

// Its hash was made at another cost: now that the password is known, it is made anew. Lost when nobody has time for it: the next sign-in tries again.
void AuthService::Private::rehash(const UserId& user, const QString& before, const SignInRequest& request)
{
    pool.hash(request.secret, [d = shared_from_this(), user, before, id = request.requestId](const std::optional<QString>& phc) {
        if (!phc)
            return;
        d->writer.submit(systemActor(id), [user, before, phc = *phc](Txn& txn) {
            if (txn.db().exec(u"UPDATE auth_credential SET phc = ? WHERE user_id = ? AND kind = 'password' AND phc = ?"_s, {phc, user, before}) == 1)
                txn.audit(u"auth.password.rehashed"_s, u"user"_s, user.value, {});
        }, [](std::exception_ptr) {});
    });
}

// A refusal takes the same way through the writer: it is audited, and takes the same time.
void AuthService::Private::passwordKnown(const SignInRequest& request, const UserId& user, bool good, const CodeGiven& done)
{
    if (good)
        return finishSignIn(request, user, done);
    const bool taken = writer.submit(systemActor(request.requestId), [request, user](Txn& txn) { signInAudit(txn, u"auth.signin.failed"_s, user, request); },
        [done](std::exception_ptr error) {
            done(error ? problemOf(error) : authProblem(401, "invalid-credentials", "the name or the password is wrong"));
        });
    if (!taken)
        done(signInBusy());
}

// The password was right some minutes ago; now comes the factor, or somebody has approved the device.
void AuthService::Private::goOnPending(const SignInRequest& request, const CodeGiven& done)
{
    const bool taken = reads.submit([d = shared_from_this(), request, done](Connection& db) {
        UserId user;
        try {
            const auto row = db.one(u"SELECT user_id, jkt, expires_at, tries FROM auth_pending WHERE id_hash = ?"_s, {hashOf(protocol::utf8(request.authSession))});
            if (!row || row->instant(2) <= d->clock.now() || row->integer(3) >= kPendingTries || !proof::sameSecret(protocol::utf8(row->text(1)), request.thumbprint))
                return done(authProblem(401, "auth-session-over", "too much time or too many tries went by: begin with the password again"));
            user = row->id<UserId>(0);
        } catch (const StoreError&) {
            return done(signInBusy());
        }
        d->finishSignIn(request, user, done);
    });
    if (!taken)
        done(signInBusy());
}

void AuthService::Private::finishSignIn(const SignInRequest& request, const UserId& user, const CodeGiven& done)
{
    auto outcome = std::make_shared<SignInOutcome>(); // owners: the work and what runs after it
    const std::string code = randomText("nac1_");
    const std::string pending = request.authSession.isEmpty() ? randomText("nas1_") : request.authSession.toStdString();
    const bool taken = writer.submit(systemActor(request.requestId), [=, d = shared_from_this()](Txn& txn) {
        *outcome = {};
        Connection& db = txn.db();
        if ((outcome->problem = closedProblem(db, user)))
            return signInAudit(txn, u"auth.signin.closed"_s, user, request);
        bool factorShown = false;
        if (!request.factor.isEmpty()) {
            factorShown = request.factor != u"password" && useFactor(txn, d->seal, user, request.factor, request.factorCode);
            if (!factorShown) {
                db.exec(u"UPDATE auth_pending SET tries = tries + 1 WHERE id_hash = ?"_s, {hashOf(pending)});
                txn.audit(u"auth.stepup.failed"_s, u"user"_s, user.value, protocol::json::object{{"factor", protocol::utf8(request.factor)}});
                outcome->problem = authProblem(401, "factor-invalid", "this code is wrong, or was used before");
                outcome->problem->extra["auth_session"] = pending;
                return;
            }
        }
        const DeviceStanding standing = deviceAtSignIn(txn, user, request, factorShown);
        if (standing.kind != DeviceStanding::Kind::Welcome) {
            if (request.authSession.isEmpty() && standing.kind != DeviceStanding::Kind::Refused)
                remember(txn, user, request, pending, d->options.pendingLife);
            outcome->problem = standingProblem(standing, pending);
            return;
        }
        // Asked while the person can still decide; opening the session looks again.
        const OpenRequest open{user, standing.device, request.place, request.expectedSv, factorShown, d->options.idle, d->options.absolute};
        if (const auto other = liveElsewhere(db, open, txn.now())) {
            if (request.authSession.isEmpty())
                remember(txn, user, request, pending, d->options.pendingLife);
            outcome->problem = elsewhereProblem(*other);
            outcome->problem->extra["auth_session"] = pending;
            return;
        }
        db.exec(u"INSERT INTO auth_code (code_hash, user_id, challenge, device_name, place, expected_sv, expires_at, jkt, device_id, stepped_up) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {hashOf(code), user, Param(request.codeChallenge), request.deviceName, request.place, Param(request.expectedSv), txn.now() + d->options.codeLife,
                Param(request.thumbprint), standing.device, factorShown});
        signInAudit(txn, u"auth.signin.ok"_s, user, request);
    }, [done, outcome, code](std::exception_ptr error) {
        if (error)
            done(problemOf(error));
        else if (outcome->problem)
            done(*outcome->problem);
        else
            done(code);
    });
    if (!taken)
        done(signInBusy());
}

} // namespace naru::server
