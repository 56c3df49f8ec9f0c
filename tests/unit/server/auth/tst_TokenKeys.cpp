// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "proof/Encoding.h"
#include "server/auth/token/TokenKeys.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_TokenKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void roundTrip();
    void everyFlippedBitIsRefused();
    void foreignHeadersAreRefused_data();
    void foreignHeadersAreRefused();
    void anotherKeyIsRefused();
    void theNextKeyIsKnownBeforeItSigns();
    void aRevokedKeySignsNothing();
    void whatWasReadBeforeComesTooLate();
    void baseOfOneTextPerValue();

private:
    static SigningKey fresh(Instant from)
    {
        SigningKey k{{}, proof::PrivateKey::make(), from, from, {}};
        k.kid = k.key.jwk().thumbprint();
        return k;
    }
    static std::unique_ptr<TokenKeys> one(const QString& issuer = u"https://naru.local"_s)
    {
        auto keys = std::make_unique<TokenKeys>(issuer);
        keys->take({fresh(test::FakeClock().now())}, test::FakeClock().now());
        return keys;
    }
    static Instant now() { return test::FakeClock().now(); }
    static Claims claims()
    {
        test::FakeClock clock;
        test::FakeRng rng;
        Claims c;
        c.userId = makeId<UserId>(clock, rng);
        c.sid = makeId<SessionId>(clock, rng);
        c.vendorId = makeId<VendorId>(clock, rng);
        c.sv = 7;
        c.role = Role::VendorManager;
        c.scope = "catalog.read order.read";
        c.jti = "abc";
        c.deviceId = makeId<DeviceId>(clock, rng);
        c.jkt = std::string(43, 'k');
        c.authTime = clock.now();
        c.issuedAt = clock.now();
        c.expiresAt = clock.now() + Millis{300'000};
        return c;
    }
};

void tst_TokenKeys::roundTrip()
{
    const Claims c = claims();
    const auto key = fresh(now());
    TokenKeys keys(u"https://naru.local"_s);
    keys.take({key}, now());
    const std::string token = keys.mint(c, now());
    QVERIFY(token.size() < 1100);
    const auto back = keys.check(token);
    QVERIFY(back.has_value());
    QCOMPARE(back->userId.toString(), c.userId.toString());
    QCOMPARE(back->sid.toString(), c.sid.toString());
    QVERIFY(back->vendorId == c.vendorId);
    QCOMPARE(back->sv, c.sv);
    QCOMPARE(back->role, c.role);
    QCOMPARE(back->scope, c.scope);
    QCOMPARE(toUnixMs(back->expiresAt), toUnixMs(c.expiresAt));
    QCOMPARE(back->jkt, c.jkt);
    QVERIFY(back->deviceId == c.deviceId);
    TokenKeys other(u"https://other.example"_s);
    other.take({key}, now());
    QVERIFY(!other.check(token)); // issuer
}

void tst_TokenKeys::everyFlippedBitIsRefused()
{
    const auto keys = one();
    const TokenKeys& key = *keys;
    const std::string good = key.mint(claims(), now());
    QVERIFY(key.check(good).has_value()); // negative control: without a flip it is accepted
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            if (key.check(bad))
                QFAIL(qPrintable(u"byte %1 bit %2 could be changed"_s.arg(i).arg(bit)));
        }
    }
    for (const std::string& bad : {good + "A", good + ".", good.substr(0, good.size() - 1), std::string("."), std::string(".."), std::string(), std::string(5000, 'A')})
        QVERIFY(!key.check(bad));
}

void tst_TokenKeys::foreignHeadersAreRefused_data()
{
    QTest::addColumn<QString>("header");
    QTest::newRow("none") << u"{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}"_s;
    QTest::newRow("HS256") << u"{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}"_s;
    QTest::newRow("typ JWT") << u"{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"KID\"}"_s;
    QTest::newRow("other kid") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"other\"}"_s;
    QTest::newRow("jwk") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"JWK-X\",\"y\":\"JWK-Y\"}}"_s;
    QTest::newRow("jku") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jku\":\"https://evil.example/keys\"}"_s;
    QTest::newRow("crit") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"crit\":[\"x\"]}"_s;
}

// Each with every signature that somebody might take for its sake. The first is of the right key: there it is the header alone that is refused.
void tst_TokenKeys::foreignHeadersAreRefused()
{
    QFETCH(QString, header);
    const SigningKey signing = fresh(now());
    TokenKeys key(u"https://naru.local"_s);
    key.take({signing}, now());
    const proof::PrivateKey stranger = proof::PrivateKey::make();
    const std::string good = key.mint(claims(), now());
    QVERIFY(key.check(good)); // negative control
    header.replace(u"JWK-X"_s, QString::fromStdString(stranger.jwk().x)).replace(u"JWK-Y"_s, QString::fromStdString(stranger.jwk().y));
    header.replace(u"KID"_s, QString::fromStdString(signing.kid));
    const std::size_t first = good.find('.');
    const std::string data = proof::toBase64Url(header.toStdString()) + good.substr(first, good.rfind('.') - first);
    const auto refused = [&](const std::string& signature) { return !key.check(data + '.' + proof::toBase64Url(signature)); };
    QVERIFY(refused(signing.key.sign(data)));
    QVERIFY(refused(stranger.sign(data)));
    QVERIFY(refused(proof::hmacSha256(key.jwks(), data))); // what is public, taken as a secret
    QVERIFY(refused({}));
}

void tst_TokenKeys::anotherKeyIsRefused()
{
    const auto one_ = one();
    const auto two = one();
    QVERIFY(one_->currentKid(now()) != two->currentKid(now()));
    const std::string a = one_->mint(claims(), now());
    const std::string b = two->mint(claims(), now());
    QVERIFY(!one_->check(b));
    QVERIFY(!one_->check(a.substr(0, a.find('.')) + b.substr(b.find('.')))); // our header before their payload and signature
    QVERIFY(one_->jwks().find(one_->currentKid(now())) != std::string::npos);
    QVERIFY(one_->jwks().find("\"d\"") == std::string::npos); // no private part
}

void tst_TokenKeys::theNextKeyIsKnownBeforeItSigns()
{
    const SigningKey old = fresh(now() - Millis{30LL * 24 * 3600'000});
    const SigningKey next = fresh(now() + Millis{3600'000});
    TokenKeys keys(u"https://naru.local"_s);
    keys.take({old, next}, now());
    QVERIFY(keys.jwks().find(next.kid) != std::string::npos); // whoever keeps the set has it in time
    QCOMPARE(keys.currentKid(now()), old.kid);
    const std::string before = keys.mint(claims(), now());
    const Instant later = now() + Millis{3600'001};
    QCOMPARE(keys.currentKid(later), next.kid);
    QVERIFY(keys.check(before)); // what the old one signed is good to its end
    keys.take({old, next}, later + Millis{900'000});
    QVERIFY(!keys.check(before)); // and then the old one is gone
    QVERIFY(keys.jwks().find(old.kid) == std::string::npos);
}

// A key that leaked: what is signed with it, also by whoever has it now, is nothing.
void tst_TokenKeys::aRevokedKeySignsNothing()
{
    SigningKey leaked = fresh(now());
    TokenKeys keys(u"https://naru.local"_s);
    keys.take({leaked}, now());
    const std::string token = keys.mint(claims(), now());
    QVERIFY(keys.check(token));
    leaked.revokedAt = now();
    keys.take({leaked, fresh(now())}, now());
    QVERIFY(!keys.check(token));
    QVERIFY(keys.currentKid(now()) != leaked.kid);
}

// Two readings at once, and the older one ends last: the key revoked in between stays revoked.
void tst_TokenKeys::whatWasReadBeforeComesTooLate()
{
    const SigningKey leaked = fresh(now());
    SigningKey revoked = leaked;
    revoked.revokedAt = now();
    TokenKeys keys(u"https://naru.local"_s);
    keys.take({leaked}, now());
    const std::string token = keys.mint(claims(), now());
    const auto older = keys.beginReading();
    const auto newer = keys.beginReading();
    keys.take({revoked, fresh(now())}, now(), newer);
    keys.take({leaked}, now(), older);
    QVERIFY(!keys.check(token));
}

void tst_TokenKeys::baseOfOneTextPerValue()
{
    QCOMPARE(proof::toBase64Url("f"), std::string("Zg"));
    QCOMPARE(proof::toBase64Url("fo"), std::string("Zm8"));
    QCOMPARE(proof::toBase64Url("foo"), std::string("Zm9v"));
    QCOMPARE(proof::fromBase64Url("Zm9v").value_or(""), std::string("foo"));
    for (const char* bad : {"Zh", "Zg==", "Zm8=", "Zm9", "Z", "Zm+v", "Zm/v", "Zm 9v"})
        QVERIFY2(!proof::fromBase64Url(bad).has_value(), bad);
    QVERIFY(proof::sameSecret("abc", "abc") && !proof::sameSecret("abc", "abd") && !proof::sameSecret("abc", "abcd"));
}

QTEST_GUILESS_MAIN(tst_TokenKeys)
#include "tst_TokenKeys.moc"
