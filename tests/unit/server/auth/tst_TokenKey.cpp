// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "proof/Encoding.h"
#include "server/auth/Token.h"
#include "support/FakeClock.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_TokenKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void roundTrip();
    void everyFlippedBitIsRefused();
    void foreignHeadersAreRefused_data();
    void foreignHeadersAreRefused();
    void anotherKeyIsRefused();
    void keyFileIsPrivate();
    void baseOfOneTextPerValue();

private:
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
        c.issuedAt = clock.now();
        c.expiresAt = clock.now() + Millis{300'000};
        return c;
    }
};

void tst_TokenKey::roundTrip()
{
    QTemporaryDir dir;
    const Claims c = claims();
    std::string token;
    {
        const TokenKey key(dir.filePath(u"k.pem"_s), u"https://naru.local"_s);
        token = key.mint(c);
        QVERIFY(token.size() < 1024);
    }
    const TokenKey again(dir.filePath(u"k.pem"_s), u"https://naru.local"_s); // the file is kept
    const auto back = again.check(token);
    QVERIFY(back.has_value());
    QCOMPARE(back->userId.toString(), c.userId.toString());
    QCOMPARE(back->sid.toString(), c.sid.toString());
    QVERIFY(back->vendorId == c.vendorId);
    QCOMPARE(back->sv, c.sv);
    QCOMPARE(back->role, c.role);
    QCOMPARE(back->scope, c.scope);
    QCOMPARE(toUnixMs(back->expiresAt), toUnixMs(c.expiresAt));
    QVERIFY(!TokenKey(dir.filePath(u"k.pem"_s), u"https://other.example"_s).check(token)); // issuer
}

void tst_TokenKey::everyFlippedBitIsRefused()
{
    QTemporaryDir dir;
    const TokenKey key(dir.filePath(u"k.pem"_s), u"https://naru.local"_s);
    const std::string good = key.mint(claims());
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

void tst_TokenKey::foreignHeadersAreRefused_data()
{
    QTest::addColumn<QString>("header");
    QTest::newRow("none") << u"{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}"_s;
    QTest::newRow("HS256") << u"{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}"_s;
    QTest::newRow("typ JWT") << u"{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"KID\"}"_s;
    QTest::newRow("other kid") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"other\"}"_s;
    QTest::newRow("jwk") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jwk\":{}}"_s;
    QTest::newRow("crit") << u"{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"crit\":[\"x\"]}"_s;
}

void tst_TokenKey::foreignHeadersAreRefused()
{
    QFETCH(QString, header);
    QTemporaryDir dir;
    const TokenKey key(dir.filePath(u"k.pem"_s), u"https://naru.local"_s);
    const std::string good = key.mint(claims());
    header.replace(u"KID"_s, QString::fromStdString(key.kid()));
    const std::string bad = proof::toBase64Url(header.toStdString()) + good.substr(good.find('.'));
    QVERIFY(!key.check(bad));
    QVERIFY(!key.check(bad.substr(0, bad.rfind('.') + 1))); // and without a signature
}

void tst_TokenKey::anotherKeyIsRefused()
{
    QTemporaryDir dir;
    const TokenKey one(dir.filePath(u"1.pem"_s), u"https://naru.local"_s);
    const TokenKey two(dir.filePath(u"2.pem"_s), u"https://naru.local"_s);
    QVERIFY(one.kid() != two.kid());
    const std::string a = one.mint(claims());
    const std::string b = two.mint(claims());
    QVERIFY(!one.check(b));
    QVERIFY(!one.check(a.substr(0, a.find('.')) + b.substr(b.find('.')))); // our header before their payload and signature
    QVERIFY(one.jwks().find(one.kid()) != std::string::npos);
    QVERIFY(one.jwks().find("\"d\"") == std::string::npos); // no private part
}

void tst_TokenKey::keyFileIsPrivate()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"k.pem"_s);
    { const TokenKey key(path, u"x"_s); }
    QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::make_unique<TokenKey>(path, u"x"_s));
    QFile broken(dir.filePath(u"b.pem"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a key");
    broken.close();
    QVERIFY(QFile::setPermissions(broken.fileName(), QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::make_unique<TokenKey>(broken.fileName(), u"x"_s));
}

void tst_TokenKey::baseOfOneTextPerValue()
{
    QCOMPARE(proof::toBase64Url("f"), std::string("Zg"));
    QCOMPARE(proof::toBase64Url("fo"), std::string("Zm8"));
    QCOMPARE(proof::toBase64Url("foo"), std::string("Zm9v"));
    QCOMPARE(proof::fromBase64Url("Zm9v").value_or(""), std::string("foo"));
    for (const char* bad : {"Zh", "Zg==", "Zm8=", "Zm9", "Z", "Zm+v", "Zm/v", "Zm 9v"})
        QVERIFY2(!proof::fromBase64Url(bad).has_value(), bad);
    QVERIFY(proof::sameSecret("abc", "abc") && !proof::sameSecret("abc", "abd") && !proof::sameSecret("abc", "abcd"));
}

QTEST_GUILESS_MAIN(tst_TokenKey)
#include "tst_TokenKey.moc"
