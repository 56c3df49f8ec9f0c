// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
#include "proof/Encoding.h"
#include "server/auth/Passwords.h"
#include "server/auth/Sessions.h"
#include "server/auth/factor/Factors.h"
#include "server/auth/factor/Totp.h"
#include "server/auth/rules/Habits.h"
#include "support/AuthFixture.h"

#include <QRegularExpression>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::AuthFixture;

namespace {

constexpr Millis kMinute{60'000};
const QString kPassword = u"naru-demo-2026"_s;

QString codeOf(const std::variant<std::string, protocol::Problem>& r)
{
    const auto* p = std::get_if<protocol::Problem>(&r);
    return p ? p->code : QString();
}
QString codeOf(const AuthFixture::Grant& g)
{
    const auto* p = std::get_if<protocol::Problem>(&g);
    return p ? p->code : QString();
}
QString memberOf(const std::variant<std::string, protocol::Problem>& r, const char* name)
{
    const auto* p = std::get_if<protocol::Problem>(&r);
    const auto* v = p ? p->extra.if_contains(name) : nullptr;
    return v && v->is_string() ? protocol::fromUtf8({v->get_string().data(), v->get_string().size()}) : QString();
}

} // namespace

// What a device is allowed at a sign-in, and what is asked before a session elsewhere ends (auth.md §2.4, §2.8, §2.11).
class tst_SignInDevice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void theFirstDeviceNeedsNobodyTheSecondApproval();
    void aPasswordThatWasRightWaitsFiveMinutes();
    void aCodeLetsANewDeviceIn();
    void wrongCodesEndThePatience();
    void aPendingSignInIsOfItsDevice();
    void aRevokedDeviceStaysOut();
    void manyPendingDevicesDoNotPileUp();
    void oneDeviceAsksNobody();
    void twoThatFightAreAsked();
    void aPairThatMayFightsOn();
    void stepUpByFactorAndByPassword();
    void tooManyTriesMayOnlyRead();
    void signingKeysChangeInTime();
    void anOldHashIsMadeAnew();
    void aGuesserDoesNotLockThePersonOut();
    void tokensOfAnotherKeyRestrict();
    void twoNetworksAtOnceRestrict();
    void aNewDeviceAtAnUnusualHourMayOnlyRead();

private:
    static DeviceId deviceOf(AuthFixture& f, const QString& name)
    {
        return f.query(u"SELECT id FROM auth_device WHERE jkt = ?"_s, {Param(AuthFixture::thumbprint(name))}).at(0).id<DeviceId>(0);
    }
    static std::string secretOf(AuthFixture& f, const QString& login)
    {
        TotpSecret made;
        f.write([&](Txn& txn) {
            made = enrolTotp(txn, f.auth().seal(), systemRng(), f.user(login), u"Naru"_s, login);
            // The secret as bytes again, as a code generator has it.
            std::string bytes;
            int bits = 0;
            unsigned value = 0;
            for (const QChar c : made.secret) {
                value = (value << 5) | static_cast<unsigned>(c.isLetter() ? c.unicode() - 'A' : c.unicode() - '2' + 26);
                if ((bits += 5) >= 8)
                    bytes.push_back(static_cast<char>((value >> (bits -= 8)) & 0xFF));
            }
            confirmTotp(txn, f.auth().seal(), f.user(login), code(f, bytes));
            made.secret = QString::fromLatin1(QByteArray::fromStdString(bytes).toHex());
        });
        f.clock.advance(kMinute); // that code counts no more
        return QByteArray::fromHex(made.secret.toLatin1()).toStdString();
    }
    static QString code(AuthFixture& f, const std::string& secret)
    {
        return QString::fromStdString(hotp(secret, static_cast<std::uint64_t>(totpStep(f.clock.now()))));
    }
    static std::optional<protocol::Problem> stepUp(AuthFixture& f, const TokenGrant& g, const QString& factor, const QString& code)
    {
        const auto who = f.auth().principalOf(g.sid);
        std::promise<std::optional<protocol::Problem>> result;
        f.auth().stepUp(*who, factor, code, u"t"_s, [&](std::optional<protocol::Problem> p) { result.set_value(std::move(p)); });
        return result.get_future().get();
    }
};

void tst_SignInDevice::theFirstDeviceNeedsNobodyTheSecondApproval()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    const auto second = f.code(u"careful"_s, kPassword, u"Laptop"_s);
    QCOMPARE(codeOf(second), u"device-approval-required"_s);
    QCOMPARE(memberOf(second, "device_id"), deviceOf(f, u"Laptop"_s).toString());
    // Asking again changes nothing until somebody has approved.
    SignInRequest again = f.request(u"careful"_s, {}, u"Laptop"_s);
    again.authSession = memberOf(second, "auth_session");
    QCOMPARE(codeOf(f.code(again)), u"device-approval-required"_s);
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET status = 'active' WHERE id = ?"_s, {deviceOf(f, u"Laptop"_s)}); });
    const auto made = f.code(again);
    QVERIFY2(std::holds_alternative<std::string>(made), qPrintable(codeOf(made)));
    QCOMPARE(codeOf(f.redeem(std::get<std::string>(made), u"Laptop"_s)), QString());
    // Accounts anyone may enter need nobody (negative control).
    f.signIn(u"staff1"_s, u"Desk"_s);
    f.signIn(u"staff1"_s, u"Laptop"_s);
}

void tst_SignInDevice::aPasswordThatWasRightWaitsFiveMinutes()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    SignInRequest again = f.request(u"careful"_s, {}, u"Laptop"_s);
    again.authSession = memberOf(f.code(u"careful"_s, kPassword, u"Laptop"_s), "auth_session");
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET status = 'active' WHERE id = ?"_s, {deviceOf(f, u"Laptop"_s)}); });
    f.clock.advance(5 * kMinute);
    QCOMPARE(codeOf(f.code(again)), u"auth-session-over"_s);
    again.authSession = u"nas1_invented"_s;
    QCOMPARE(codeOf(f.code(again)), u"auth-session-over"_s);
}

void tst_SignInDevice::aCodeLetsANewDeviceIn()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    const std::string secret = secretOf(f, u"careful"_s);
    const auto asked = f.code(u"careful"_s, kPassword, u"Laptop"_s);
    QCOMPARE(codeOf(asked), u"step-up-required"_s);
    SignInRequest again = f.request(u"careful"_s, {}, u"Laptop"_s);
    again.authSession = memberOf(asked, "auth_session");
    again.factor = u"totp"_s;
    again.factorCode = code(f, secret);
    const auto made = f.code(again);
    QVERIFY2(std::holds_alternative<std::string>(made), qPrintable(codeOf(made)));
    const auto grant = f.redeem(std::get<std::string>(made), u"Laptop"_s);
    QVERIFY(std::holds_alternative<TokenGrant>(grant));
    QVERIFY(f.auth().principalOf(std::get<TokenGrant>(grant).sid)->steppedUpAt != Instant{}); // it counts as verified
    // The code is used up, also for a third device.
    const auto third = f.code(u"careful"_s, kPassword, u"Tablet"_s);
    again = f.request(u"careful"_s, {}, u"Tablet"_s);
    again.authSession = memberOf(third, "auth_session");
    again.factor = u"totp"_s;
    again.factorCode = code(f, secret);
    QCOMPARE(codeOf(f.code(again)), u"factor-invalid"_s);
}

void tst_SignInDevice::wrongCodesEndThePatience()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    const std::string secret = secretOf(f, u"careful"_s);
    SignInRequest again = f.request(u"careful"_s, {}, u"Laptop"_s);
    again.authSession = memberOf(f.code(u"careful"_s, kPassword, u"Laptop"_s), "auth_session");
    again.factor = u"totp"_s;
    const QString right = code(f, secret);
    again.factorCode = right == u"000000"_s ? u"000001"_s : u"000000"_s;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(codeOf(f.code(again)), u"factor-invalid"_s);
    again.factorCode = right;
    QCOMPARE(codeOf(f.code(again)), u"auth-session-over"_s); // with the password it goes on again
    // The password is no second factor.
    again.authSession = memberOf(f.code(u"careful"_s, kPassword, u"Laptop"_s), "auth_session");
    again.factor = u"password"_s;
    again.factorCode = kPassword;
    QCOMPARE(codeOf(f.code(again)), u"factor-invalid"_s);
}

void tst_SignInDevice::aPendingSignInIsOfItsDevice()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    SignInRequest stolen = f.request(u"careful"_s, {}, u"Desk"_s);
    stolen.authSession = memberOf(f.code(u"careful"_s, kPassword, u"Laptop"_s), "auth_session");
    QCOMPARE(codeOf(f.code(stolen)), u"auth-session-over"_s);
}

void tst_SignInDevice::aRevokedDeviceStaysOut()
{
    AuthFixture f;
    f.signIn(u"staff1"_s, u"Desk"_s);
    for (const char* status : {"suspended", "revoked"}) {
        f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET status = ? WHERE id = ?"_s, {Param(status), deviceOf(f, u"Desk"_s)}); });
        QCOMPARE(codeOf(f.code(u"staff1"_s, kPassword, u"Desk"_s)), u"device-revoked"_s);
    }
    // Whoever does not know the password learns nothing of it.
    QCOMPARE(codeOf(f.code(u"staff1"_s, u"wrong"_s, u"Desk"_s)), u"invalid-credentials"_s);
}

void tst_SignInDevice::manyPendingDevicesDoNotPileUp()
{
    AuthFixture f;
    f.signIn(u"careful"_s, u"Desk"_s);
    for (int i = 0; i < 12; ++i) {
        QCOMPARE(codeOf(f.code(u"careful"_s, kPassword, u"Intruder %1"_s.arg(i))), u"device-approval-required"_s);
        f.clock.advance(Millis{1000});
    }
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM auth_device WHERE status = 'pending'"_s).at(0).number(0), 5);
}

void tst_SignInDevice::oneDeviceAsksNobody()
{
    AuthFixture f;
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET session_policy = 'deny' WHERE login = 'staff1'"_s); });
    const TokenGrant first = f.signIn(u"staff1"_s, u"Desk"_s);
    const auto elsewhere = f.code(u"staff1"_s, kPassword, u"Laptop"_s);
    QCOMPARE(codeOf(elsewhere), u"session-exists"_s);
    QCOMPARE(memberOf(elsewhere, "device"), u"Desk"_s);
    QCOMPARE(f.verdict(first.accessToken), QString()); // untouched
    f.signIn(u"staff1"_s, u"Desk"_s); // the same computer, started again
    // A refused limit is no failed sign-in: it can be tried as often as one likes.
    for (int i = 0; i < 8; ++i)
        QCOMPARE(codeOf(f.code(u"staff1"_s, kPassword, u"Laptop"_s)), u"session-exists"_s);
}

void tst_SignInDevice::twoThatFightAreAsked()
{
    AuthFixture f;
    f.signIn(u"staff1"_s, u"Desk"_s);
    for (const QString& device : {u"Laptop"_s, u"Desk"_s, u"Laptop"_s}) {
        f.clock.advance(kMinute);
        f.signIn(u"staff1"_s, device);
    }
    f.clock.advance(kMinute);
    const auto asked = f.code(u"staff1"_s, kPassword, u"Desk"_s); // the fourth
    QCOMPARE(codeOf(asked), u"session-confirm"_s);
    QCOMPARE(memberOf(asked, "device"), u"Laptop"_s);
    QVERIFY(!memberOf(asked, "last_activity_at").isEmpty());
    SignInRequest agreed = f.request(u"staff1"_s, {}, u"Desk"_s);
    agreed.authSession = memberOf(asked, "auth_session");
    agreed.expectedSv = std::get<protocol::Problem>(asked).extra.at("sv").as_int64();
    QCOMPARE(codeOf(f.redeem(std::get<std::string>(f.code(agreed)), u"Desk"_s)), QString());
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM session_conflict WHERE kind = 'flip_flop'"_s).at(0).number(0), 1);
    f.clock.advance(61 * kMinute); // nobody is signed in any more, and the hour is over
    f.signIn(u"staff1"_s, u"Laptop"_s);
    f.clock.advance(kMinute);
    f.signIn(u"staff1"_s, u"Desk"_s);
}

void tst_SignInDevice::aPairThatMayFightsOn()
{
    AuthFixture f;
    f.signIn(u"staff1"_s, u"Desk"_s);
    f.signIn(u"staff1"_s, u"Laptop"_s);
    f.write([&](Txn& txn) {
        const DeviceId a = deviceOf(f, u"Desk"_s);
        const DeviceId b = deviceOf(f, u"Laptop"_s);
        txn.db().exec(u"INSERT INTO auth_device_pair (user_id, device_a, device_b, allowed_by, at) VALUES (?, ?, ?, ?, ?)"_s,
            {f.user(u"staff1"_s), std::min(a, b), std::max(a, b), f.user(u"staff2"_s), txn.now()});
    });
    for (int i = 0; i < 8; ++i)
        f.signIn(u"staff1"_s, i % 2 ? u"Laptop"_s : u"Desk"_s);
}

void tst_SignInDevice::stepUpByFactorAndByPassword()
{
    AuthFixture f;
    const TokenGrant plain = f.signIn(u"staff1"_s);
    QCOMPARE(stepUp(f, plain, u"password"_s, u"wrong"_s)->code, u"factor-invalid"_s);
    QVERIFY(!stepUp(f, plain, u"password"_s, kPassword)); // nothing better is enrolled
    QVERIFY(f.auth().principalOf(plain.sid)->steppedUpAt == f.clock.now());

    const TokenGrant g = f.signIn(u"careful"_s);
    const std::string secret = secretOf(f, u"careful"_s);
    QCOMPARE(stepUp(f, g, u"password"_s, kPassword)->code, u"factor-invalid"_s); // who has a factor uses it
    f.write([&](Txn& txn) { restrictSession(txn, g.sid, u"reported"_s); });
    const QString now = code(f, secret);
    QVERIFY(!stepUp(f, g, u"totp"_s, now));
    QVERIFY(f.auth().principalOf(g.sid)->restricted.isEmpty()); // verified: it may do everything again
    QCOMPARE(stepUp(f, g, u"totp"_s, now)->code, u"factor-invalid"_s); // once
}

void tst_SignInDevice::tooManyTriesMayOnlyRead()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(stepUp(f, g, u"totp"_s, u"000000"_s)->code, u"factor-invalid"_s);
    const auto refused = stepUp(f, g, u"password"_s, kPassword);
    QCOMPARE(refused->code, u"step-up-throttled"_s);
    QTRY_COMPARE(f.auth().principalOf(g.sid)->restricted, u"step-up-failed"_s);
    f.clock.advance(3 * kMinute);
    QVERIFY(!stepUp(f, g, u"password"_s, kPassword));
    QVERIFY(f.auth().principalOf(g.sid)->restricted.isEmpty());
}

// A key signs for thirty days; the next one is published two days before. What the old one signed stays good.
void tst_SignInDevice::signingKeysChangeInTime()
{
    AuthFixture f;
    const auto keys = [&f] { return f.query(u"SELECT kid, use_from FROM auth_signing_key ORDER BY use_from"_s); };
    QCOMPARE(keys().size(), std::size_t(1));
    f.clock.advance(Millis{27LL * 24 * 3600'000});
    f.tick();
    QCOMPARE(keys().size(), std::size_t(1));
    f.clock.advance(Millis{24LL * 3600'000 + 120'000});
    f.tick();
    QTRY_COMPARE(keys().size(), std::size_t(2));
    const QString next = keys().at(1).text(0);
    QTRY_VERIFY(f.auth().jwks().find(next.toStdString()) != std::string::npos);
    const TokenGrant before = f.signIn(u"staff1"_s);
    const auto kid = [](const TokenGrant& g) { return proof::fromBase64Url(g.accessToken.substr(0, g.accessToken.find('.'))).value_or(""); };
    QVERIFY(kid(before).find(next.toStdString()) == std::string::npos);
    f.clock.advance(Millis{2LL * 24 * 3600'000});
    const TokenGrant after = f.signIn(u"staff1"_s);
    QVERIFY(kid(after).find(next.toStdString()) != std::string::npos);
    QCOMPARE(f.verdict(after.accessToken), QString());
    for (const Row& row : f.query(u"SELECT sealed FROM auth_signing_key"_s)) // a copy of the database signs nothing
        QVERIFY(!proof::PrivateKey::fromPkcs8(proof::fromBase64Url(row.text(0).toStdString()).value_or("")));
}

void tst_SignInDevice::anOldHashIsMadeAnew()
{
    AuthFixture f;
    const auto kept = [&f] { return f.query(u"SELECT phc FROM auth_credential WHERE user_id = ?"_s, {f.user(u"staff1"_s)}).at(0).text(0); };
    const QString today = kept();
    f.signIn(u"staff1"_s);
    f.settle();
    QCOMPARE(kept(), today); // nothing to do
    // As an installation with another cost has it.
    const HashCost cheap{8 * 1024, 1, 1};
    const std::string salt = "0123456789abcdef";
    const QString old = toPhc({cheap, salt, argon2id(kPassword.toStdString(), salt, cheap, 32)});
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_credential SET phc = ? WHERE user_id = ?"_s, {old, f.user(u"staff1"_s)}); });
    QCOMPARE(codeOf(f.code(u"staff1"_s, u"wrong"_s)), u"invalid-credentials"_s);
    f.settle();
    QCOMPARE(kept(), old); // only by whoever knows it
    f.signIn(u"staff1"_s);
    QTRY_VERIFY(kept() != old && !needsRehash(kept()));
    f.signIn(u"staff1"_s);
}

// T19: guesses from elsewhere close the account to strangers, not to the computer that its person uses.
void tst_SignInDevice::aGuesserDoesNotLockThePersonOut()
{
    AuthFixture f;
    f.signIn(u"staff1"_s, u"Desk"_s);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(codeOf(f.code(u"staff1"_s, u"wrong"_s, u"Thief"_s)), u"invalid-credentials"_s);
    QCOMPARE(codeOf(f.code(u"staff1"_s, kPassword, u"Thief"_s)), u"sign-in-throttled"_s);
    QCOMPARE(codeOf(f.code(u"staff1"_s, kPassword, u"Desk"_s)), QString());
}

// E1: whoever shows a token with a key that is not its own has copied it.
void tst_SignInDevice::tokensOfAnotherKeyRestrict()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(f.verdict(g.accessToken, u"Thief"_s), u"auth-mismatch"_s);
    f.settle();
    QVERIFY(f.auth().principalOf(g.sid)->restricted.isEmpty());
    QCOMPARE(f.verdict(g.accessToken, u"Thief"_s), u"auth-mismatch"_s); // the third within a minute
    QTRY_COMPARE(f.auth().principalOf(g.sid)->restricted, u"proof-mismatch"_s);
    QCOMPARE(f.verdict(g.accessToken), QString()); // the holder may still read, and verify himself
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM session_conflict WHERE kind = 'reuse'"_s).at(0).number(0), 1);
}

// E9.
void tst_SignInDevice::twoNetworksAtOnceRestrict()
{
    AuthFixture f;
    const TokenGrant g = f.signIn(u"staff1"_s);
    f.auth().seenFrom(g.sid, u"192.0.2.7"_s);
    f.clock.advance(2 * kMinute);
    f.auth().seenFrom(g.sid, u"198.51.100.9"_s); // moved: that is not twice at once
    f.settle();
    QVERIFY(f.auth().principalOf(g.sid)->restricted.isEmpty());
    f.clock.advance(Millis{5'000});
    f.auth().seenFrom(g.sid, u"192.0.2.7"_s);
    QTRY_COMPARE(f.auth().principalOf(g.sid)->restricted, u"parallel-use"_s);
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM session_conflict WHERE kind = 'parallel_use'"_s).at(0).number(0), 1);
}

// E14: a device that somebody has approved, but that its person never worked on, at an hour at which he never worked.
void tst_SignInDevice::aNewDeviceAtAnUnusualHourMayOnlyRead()
{
    AuthFixture f;
    for (int day = 0; day < kHabitDays; ++day) {
        f.signIn(u"careful"_s, u"Desk"_s);
        f.clock.advance(24 * 60 * kMinute);
    }
    const auto restricted = [&](const TokenGrant& g) { return f.auth().principalOf(g.sid)->restricted; };
    const auto fired = [&] { return f.query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'auth.rule.fired' AND diff_json LIKE '%E14%'"_s).at(0).number(0); };
    const auto approved = [&](const QString& device) {
        codeOf(f.code(u"careful"_s, kPassword, device));
        f.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET status = 'active' WHERE id = ?"_s, {deviceOf(f, device)}); });
        return f.signIn(u"careful"_s, device);
    };
    f.clock.advance(12 * 60 * kMinute);
    QCOMPARE(restricted(f.signIn(u"careful"_s, u"Desk"_s)), QString()); // late, at his own desk
    f.clock.advance(2 * 60 * kMinute); // an hour nobody has worked at yet
    const TokenGrant night = approved(u"Laptop"_s);
    QCOMPARE(restricted(night), u"unusual-hours"_s); // from the first request on
    QCOMPARE(fired(), 1);
    QVERIFY(!stepUp(f, night, u"password"_s, kPassword));
    QCOMPARE(restricted(night), QString());
    QVERIFY(std::holds_alternative<TokenGrant>(f.refresh(night.refreshToken, true, u"Laptop"_s)));
    f.settle();
    QCOMPARE(restricted(night), QString()); // verified once is enough
    // Begun at a usual hour, and gone on beyond.
    f.clock.advance(10 * 60 * kMinute);
    TokenGrant day = approved(u"Tablet"_s);
    QCOMPARE(restricted(day), QString());
    for (int i = 0; i < 24; ++i) { // eight hours
        f.clock.advance(20 * kMinute);
        day = std::get<TokenGrant>(f.refresh(day.refreshToken, true, u"Tablet"_s));
    }
    QTRY_COMPARE(restricted(day), u"unusual-hours"_s);
    QCOMPARE(fired(), 2);
}

QTEST_GUILESS_MAIN(tst_SignInDevice)
#include "tst_SignInDevice.moc"
