// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 60
// engines: both
// What a person verifies himself with, over the interface: code generator, recovery codes, password.
#include "protocol/SecurityFields.h"
#include "server/auth/factor/Totp.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

class tst_CredentialApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init() { m_server = std::make_unique<TestServer>(TestServer::Options{true, true}); }
    void cleanup() { m_server.reset(); }
    void needsAnExtraVerification();
    void codeGenerator();
    void secretsAreNotKept();
    void recoveryCodes();
    void passwordChange();
    void aSessionIsNoPlaceToGuess();
    void passwordsNobodyMayChoose();
    void passwordChangesAtOnce();

private:
    RestSession verified(const QString& login); // signed in and just verified with the password
    QString codeNow(const QString& secret);
    std::unique_ptr<TestServer> m_server;
};

namespace {

const QString kPassword = u"naru-demo-2026"_s;

std::string fromBase32(const QString& text)
{
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const QChar c : text) {
        buffer = (buffer << 5) | static_cast<std::uint32_t>(QStringView(u"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(c));
        if ((bits += 5) >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((buffer >> bits) & 0xFF));
        }
    }
    return out;
}

Answer change(RestSession& who, const QString& current, const QString& next) { return who.post("/v1/credentials/password", protocol::PasswordChange{current, next}); }

} // namespace

RestSession tst_CredentialApi::verified(const QString& login)
{
    RestSession s = m_server->signedIn(login);
    const Answer a = s.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, kPassword});
    if (!a.ok())
        qFatal("no step-up: %s", qPrintable(a.text()));
    return s;
}

QString tst_CredentialApi::codeNow(const QString& secret)
{
    return QString::fromStdString(server::hotp(fromBase32(secret), static_cast<std::uint64_t>(server::totpStep(m_server->clock().now()))));
}

void tst_CredentialApi::needsAnExtraVerification()
{
    RestSession s = m_server->signedIn(u"staff1"_s);
    for (const char* path : {"/v1/credentials/totp", "/v1/credentials/recovery-codes"}) {
        const Answer a = s.postText(path, "{}");
        QCOMPARE(a.status, 401);
        QCOMPARE(a.code(), u"step-up-required"_s);
    }
    QCOMPARE(change(s, kPassword, u"a whole new sentence"_s).code(), u"step-up-required"_s);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM auth_factor"_s).front().integer(0), 0);
    m_server->clock().advance(Millis{1000});
    QVERIFY(s.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, kPassword}).ok());
    QVERIFY(s.postText("/v1/credentials/totp", "{}").ok());
    m_server->clock().advance(Millis{10 * 60'000 + 1000});
    QVERIFY(s.refresh().ok());
    QCOMPARE(s.postText("/v1/credentials/recovery-codes", "{}").code(), u"step-up-required"_s); // ten minutes are over
}

void tst_CredentialApi::codeGenerator()
{
    RestSession s = verified(u"staff1"_s);
    const auto made = s.postText("/v1/credentials/totp", "{}").as<TotpSecret>();
    QCOMPARE(made.secret.size(), 32);
    QVERIFY(made.uri.startsWith(u"otpauth://totp/"_s) && made.uri.contains(u":staff1?secret="_s + made.secret));
    const auto verify = [&](const QString& code) { return s.post("/v1/credentials/totp/verify", protocol::CodeGiven{code}); };
    QCOMPARE(verify(u"000000"_s).code(), u"code-invalid"_s);
    QCOMPARE(s.get("/v1/session").as<SessionInfo>().factors, QStringList{u"password"_s});
    QCOMPARE(verify(codeNow(made.secret)).status, 204);
    QCOMPARE(verify(codeNow(made.secret)).code(), u"code-invalid"_s); // nothing to confirm any more
    QCOMPARE(s.get("/v1/session").as<SessionInfo>().factors, (QStringList{u"totp"_s, u"password"_s}));
    // From now on the password alone verifies nothing.
    QCOMPARE(s.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, kPassword}).ok(), false);
    m_server->clock().advance(Millis{30'000});
    QVERIFY(s.post("/v1/session/step-up", protocol::StepUpRequest{u"totp"_s, codeNow(made.secret)}).ok());
    QVERIFY(!s.post("/v1/session/step-up", protocol::StepUpRequest{u"totp"_s, codeNow(made.secret)}).ok()); // once
}

void tst_CredentialApi::secretsAreNotKept()
{
    RestSession s = verified(u"staff1"_s);
    const RestSession::Headers key{{"Idempotency-Key", "again"}};
    const auto first = s.postText("/v1/credentials/totp", "{}", key).as<TotpSecret>();
    const auto second = s.postText("/v1/credentials/totp", "{}", key).as<TotpSecret>();
    QVERIFY(first.secret != second.secret); // asked for again, it is another one
    const auto codes = s.postText("/v1/credentials/recovery-codes", "{}", key).as<RecoveryCodes>();
    QString kept;
    for (const char* sql : {"SELECT response_json FROM idempotency", "SELECT diff_json FROM audit_event", "SELECT payload_json FROM outbox", "SELECT sealed FROM auth_factor", "SELECT code_hash FROM auth_recovery_code"})
        for (const server::Row& row : m_server->query(QString::fromLatin1(sql)))
            kept += row.text(0) + u'\n';
    QVERIFY(kept.size() > 100);
    for (const QString& secret : QStringList{first.secret, second.secret} + codes.codes)
        QVERIFY(!kept.contains(secret));
}

void tst_CredentialApi::recoveryCodes()
{
    RestSession s = verified(u"staff1"_s);
    const auto codes = s.postText("/v1/credentials/recovery-codes", "{}").as<RecoveryCodes>().codes;
    QCOMPARE(codes.size(), 10);
    QCOMPARE(s.get("/v1/session").as<SessionInfo>().factors, (QStringList{u"recovery"_s, u"password"_s}));
    QVERIFY(s.post("/v1/session/step-up", protocol::StepUpRequest{u"recovery"_s, codes.first().toLower()}).ok());
    QVERIFY(!s.post("/v1/session/step-up", protocol::StepUpRequest{u"recovery"_s, codes.first()}).ok());
}

void tst_CredentialApi::passwordChange()
{
    RestSession s = verified(u"staff1"_s);
    QCOMPARE(change(s, u"not it at all"_s, u"a whole new sentence"_s).code(), u"invalid-credentials"_s);
    QCOMPARE(change(s, kPassword, u"a whole new sentence"_s).status, 204);
    QVERIFY(s.get("/v1/session").ok()); // the session goes on
    RestSession other = m_server->session();
    QCOMPARE(other.signIn(u"staff1"_s), u"invalid-credentials"_s);
    QCOMPARE(other.signIn(u"staff1"_s, u"a whole new sentence"_s), QString());
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'auth.password.changed'"_s).front().integer(0), 1);
}

// Whoever has a session, and has not the password, tries it no faster than at the sign-in.
void tst_CredentialApi::aSessionIsNoPlaceToGuess()
{
    RestSession s = verified(u"staff1"_s);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(change(s, u"guess %1"_s.arg(i), u"a whole new sentence"_s).code(), u"invalid-credentials"_s);
    const Answer slowed = change(s, kPassword, u"a whole new sentence"_s);
    QCOMPARE(slowed.status, 429);
    QCOMPARE(slowed.code(), u"sign-in-throttled"_s);
    QVERIFY(std::stoi(slowed.headers.at("retry-after")) >= 1);
    QCOMPARE(m_server->session().signIn(u"staff1"_s), u"sign-in-throttled"_s); // it is one count
    RestSession other = verified(u"staff2"_s);
    QCOMPARE(change(other, kPassword, u"another whole sentence"_s).status, 204);
    m_server->clock().advance(Millis{1'000});
    QCOMPARE(change(s, u"guess 11"_s, u"a whole new sentence"_s).code(), u"invalid-credentials"_s);
    m_server->clock().advance(Millis{1'000});
    QCOMPARE(change(s, kPassword, u"a whole new sentence"_s).status, 429); // now it is two seconds
    m_server->clock().advance(Millis{1'000});
    QCOMPARE(change(s, kPassword, u"a whole new sentence"_s).status, 204);
}

void tst_CredentialApi::passwordsNobodyMayChoose()
{
    RestSession s = verified(u"staff1"_s);
    const std::pair<QString, QString> cases[] = {{u"short"_s, u"too-short"_s}, {u"password2026"_s, u"too-common"_s}, {u"staff1 2026"_s, u"is-login"_s}, {kPassword, u"same"_s}};
    for (const auto& [next, reason] : cases) {
        const Answer a = change(s, kPassword, next);
        QCOMPARE(a.status, 422);
        QCOMPARE(a.code(), u"password-unacceptable"_s);
        QVERIFY2(a.body.find('"' + reason.toStdString() + '"') != std::string::npos, a.body.c_str());
    }
    QCOMPARE(m_server->session().signIn(u"staff1"_s), QString());
}

void tst_CredentialApi::passwordChangesAtOnce()
{
    const RestSession s = verified(u"staff1"_s);
    std::atomic<int> won{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            RestSession one = m_server->session();
            one.setAccessToken(s.tokens().accessToken);
            const Answer a = change(one, kPassword, u"sentence number %1"_s.arg(i));
            won += a.status == 204;
        });
    for (std::thread& t : threads)
        t.join();
    QCOMPARE(won.load(), 1);
}

QTEST_GUILESS_MAIN(tst_CredentialApi)
#include "tst_CredentialApi.moc"
