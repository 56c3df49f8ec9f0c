// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SecurityFields.h"
#include "server/api/NoContent.h"
#include "server/api/Server.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/AuthService.h"
#include "server/auth/Passwords.h"
#include "server/auth/factor/Factors.h"
#include "server/auth/factor/PasswordRules.h"
#include "server/config/Config.h"

// What a person verifies himself with: code generator, recovery codes, password. Answers that hold a secret are told once and never kept,
// so these changes do not go through answerWrite: asked for again, they make another secret, and the one before is worth nothing.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

Response secret(Response r)
{
    r.headers.emplace_back("Cache-Control", "no-store");
    return r;
}

void answerOnce(Server& s, Request request, Respond respond, std::function<Response(Txn&, const Request&)> work)
{
    const auto asked = std::make_shared<Request>(std::move(request)); // owners: the work and what runs after it
    const auto answer = std::make_shared<Response>();
    const bool taken = s.writer.submit(asked->actor(), [asked, answer, work = std::move(work)](Txn& txn) { *answer = work(txn, *asked); },
        [asked, answer, respond](std::exception_ptr error) { respond(error ? answerOf(error, *asked) : std::move(*answer)); });
    if (!taken)
        respond(answerOf(std::make_exception_ptr(ProblemError(503, "busy", u"too many changes are waiting; ask again"_s)), *asked));
}

void factorAudit(Txn& txn, const Request& r, const QString& action)
{
    const UserId user = r.principal->userId;
    txn.audit(action, u"user"_s, user.value, protocol::json::object{{"factors", protocol::utf8(factorsOf(txn.db(), user).join(u' '))}});
}

void postTotp(Server& s, Request r, Respond respond)
{
    answerOnce(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const UserId user = r.principal->userId;
        const auto account = txn.db().one(u"SELECT login FROM user_account WHERE id = ?"_s, {user});
        if (!account)
            notFound();
        const TotpSecret made = enrolTotp(txn, s.auth.seal(), s.rng, user, s.config.publicName, account->text(0));
        factorAudit(txn, r, u"auth.factor.enrolling"_s);
        return secret(jsonResponse(200, made));
    });
}

void postTotpVerify(Server& s, Request r, Respond respond)
{
    const QString code = bodyOf<protocol::CodeGiven>(r).code;
    answerOnce(s, std::move(r), std::move(respond), [&s, code](Txn& txn, const Request& r) {
        if (!confirmTotp(txn, s.auth.seal(), r.principal->userId, code))
            throw ProblemError(422, "code-invalid", u"this is not the code the new generator shows now; nothing was changed"_s);
        factorAudit(txn, r, u"auth.factor.enrolled"_s);
        return noContent();
    });
}

void postRecoveryCodes(Server& s, Request r, Respond respond)
{
    answerOnce(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const RecoveryCodes made = makeRecoveryCodes(txn, s.rng, r.principal->userId);
        factorAudit(txn, r, u"auth.factor.recovery-codes"_s);
        return secret(jsonResponse(200, made));
    });
}

// Changing the password ------------------------------------------------------------------------------------------

struct Change {
    Request request;
    Respond respond;
    protocol::PasswordChange words;
    QString login;
    QString phc; // as it was read
    void refuse(const ProblemError& why) const { respond(answerOf(std::make_exception_ptr(why), request)); }
    void busy(Server& s) const
    {
        protocol::Problem p = authProblem(503, "sign-in-busy", "too many passwords wait to be checked; try again shortly", busyRetrySeconds(s.rng));
        refuse(ProblemError(p));
    }
};
using SharedChange = std::shared_ptr<Change>; // owners: the steps that follow one another

void writePassword(Server& s, const SharedChange& c, const QString& phc)
{
    answerOnce(s, c->request, c->respond, [c, phc](Txn& txn, const Request& r) {
        const UserId user = r.principal->userId;
        // Only in the place of the one that was checked: of two changes at once, one wins and knows it.
        if (txn.db().exec(u"UPDATE auth_credential SET phc = ?, changed_at = ? WHERE user_id = ? AND kind = 'password' AND phc = ?"_s, {phc, txn.now(), user, c->phc}) != 1)
            throw ProblemError(409, "stale-decision", u"the password was changed meanwhile; nothing was changed now"_s);
        // What the old one began does not go on.
        txn.db().exec(u"DELETE FROM auth_pending WHERE user_id = ?"_s, {user});
        txn.db().exec(u"UPDATE auth_code SET used_at = ? WHERE user_id = ? AND used_at IS NULL"_s, {txn.now(), user});
        txn.audit(u"auth.password.changed"_s, u"user"_s, user.value, protocol::json::object{});
        return noContent();
    });
}

void checkPassword(Server& s, const SharedChange& c)
{
    SignInRequest shown;
    shown.login = c->login;
    shown.secret = c->words.current;
    shown.place = c->request.remoteAddress;
    shown.requestId = c->request.requestId;
    s.auth.checkPassword(shown, c->request.principal->userId, c->phc, [&s, c](const std::variant<bool, protocol::Problem>& checked) {
        if (const auto* refused = std::get_if<protocol::Problem>(&checked))
            return c->refuse(ProblemError(*refused));
        if (!std::get<bool>(checked))
            return c->refuse(ProblemError(403, "invalid-credentials", u"the present password is wrong; nothing was changed"_s));
        s.auth.passwords().hash(c->words.next, [&s, c](const std::optional<QString>& phc) {
            if (phc)
                writePassword(s, c, *phc);
            else
                c->busy(s);
        });
    });
}

void postPassword(Server& s, Request r, Respond respond)
{
    const auto c = std::make_shared<Change>();
    c->words = bodyOf<protocol::PasswordChange>(r);
    c->request = std::move(r);
    c->respond = std::move(respond);
    const bool taken = s.reads.submit([&s, c](Connection& db) {
        try {
            const auto row = db.one(u"SELECT u.login, u.display_name, k.phc FROM user_account u JOIN auth_credential k ON k.user_id = u.id AND k.kind = 'password' WHERE u.id = ?"_s,
                {c->request.principal->userId});
            if (!row)
                throw ProblemError(403, "invalid-credentials", u"this account has no password"_s);
            QStringList faults = passwordFaults(c->words.next, row->text(0), row->text(1));
            if (c->words.next == c->words.current)
                faults << u"same"_s;
            if (!faults.isEmpty()) {
                protocol::Problem p = authProblem(422, "password-unacceptable", "this password is too easily guessed");
                protocol::json::array reasons;
                for (const QString& f : faults)
                    reasons.emplace_back(protocol::utf8(f));
                p.extra["reasons"] = std::move(reasons);
                throw ProblemError(p);
            }
            c->login = row->text(0);
            c->phc = row->text(2);
        } catch (...) {
            return c->respond(answerOf(std::current_exception(), c->request));
        }
        checkPassword(s, c);
    });
    if (!taken)
        c->busy(s);
}

} // namespace

std::vector<Route> credentialRoutes()
{
    return {
        {"POST", "/v1/credentials/totp", "session.own", OpClass::W, postTotp, true},
        {"POST", "/v1/credentials/totp/verify", "session.own", OpClass::W, postTotpVerify, true},
        {"POST", "/v1/credentials/recovery-codes", "session.own", OpClass::W, postRecoveryCodes, true},
        {"POST", "/v1/credentials/password", "session.own", OpClass::W, postPassword, true},
    };
}

} // namespace naru::server
