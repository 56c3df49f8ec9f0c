// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "server/auth/factor/RecoveryCodes.h"
#include "server/auth/factor/Totp.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Totp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void vectorsOfTheStandards();
    void oneStepToEitherSide();
    void eachStepOnce();
    void base32();
    void uri();
    void recoveryCodes();
};

namespace {
const std::string kSecret = "12345678901234567890"; // of both standards
Instant seconds(std::int64_t s) { return fromUnixMs(s * 1000); }
}

void tst_Totp::vectorsOfTheStandards()
{
    const char* const counted[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"}; // RFC 4226, appendix D
    for (std::uint64_t i = 0; i < 10; ++i)
        QCOMPARE(hotp(kSecret, i), std::string(counted[i]));
    const std::pair<std::int64_t, const char*> timed[] = {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"}, {1234567890, "89005924"},
        {2000000000, "69279037"}, {20000000000, "65353130"}}; // RFC 6238, appendix B, SHA-1
    for (const auto& [at, code] : timed) {
        QCOMPARE(hotp(kSecret, static_cast<std::uint64_t>(totpStep(seconds(at))), 8), std::string(code));
        QCOMPARE(stepOfCode(kSecret, std::string(code).substr(2), seconds(at), 0).value_or(-1), at / 30);
    }
}

void tst_Totp::oneStepToEitherSide()
{
    const Instant at = seconds(1'000'000);
    const std::string code = hotp(kSecret, static_cast<std::uint64_t>(totpStep(at)));
    for (int off = -4; off <= 4; ++off)
        QCOMPARE(stepOfCode(kSecret, code, at + Millis{off * 30'000}, 0).has_value(), off >= -1 && off <= 1);
    for (const char* wrong : {"", "0", "00000", "0000000", "abcdef"})
        QVERIFY(!stepOfCode(kSecret, wrong, at, 0));
    QVERIFY(!stepOfCode("another secret", code, at, 0));
}

void tst_Totp::eachStepOnce()
{
    const Instant at = seconds(1'000'000);
    const std::int64_t step = totpStep(at);
    const std::string code = hotp(kSecret, static_cast<std::uint64_t>(step));
    QCOMPARE(stepOfCode(kSecret, code, at, step - 1).value_or(0), step);
    QVERIFY(!stepOfCode(kSecret, code, at, step)); // used
    QVERIFY(!stepOfCode(kSecret, code, at, step + 1)); // an older one after a newer one neither
}

void tst_Totp::base32()
{
    const std::pair<const char*, const char*> vectors[] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (const auto& [in, out] : vectors) // RFC 4648 §10
        QCOMPARE(toBase32(in), std::string(out));
}

void tst_Totp::uri()
{
    QCOMPARE(otpauthUri(u"나루 Naru"_s, u"kim@naru"_s, kSecret),
        u"otpauth://totp/%EB%82%98%EB%A3%A8%20Naru:kim%40naru?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%EB%82%98%EB%A3%A8%20Naru&algorithm=SHA1&digits=6&period=30"_s);
}

void tst_Totp::recoveryCodes()
{
    static const QRegularExpression form(u"\\A[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}\\z"_s);
    test::FakeRng rng;
    test::FakeClock clock;
    const auto kim = makeId<UserId>(clock, rng);
    const auto lee = makeId<UserId>(clock, rng);
    std::set<QString> seen;
    for (int i = 0; i < 200; ++i) {
        const QString code = makeRecoveryCode(rng);
        QVERIFY2(form.match(code).hasMatch(), qPrintable(code));
        seen.insert(code);
    }
    QCOMPARE(seen.size(), std::size_t{200});
    const QString hash = recoveryHash(kim, u"7K2M-0Q1D-R4TB-03VW"_s);
    for (const char* typed : {"7k2m-0q1d-r4tb-03vw", "7K2M0Q1DR4TB03VW", " 7K2M OQID R4TB O3VW ", "7k2moqldr4tbo3vw"})
        QCOMPARE(recoveryHash(kim, QString::fromLatin1(typed)), hash);
    QVERIFY(recoveryHash(lee, u"7K2M-0Q1D-R4TB-03VW"_s) != hash);
    QVERIFY(recoveryHash(kim, u"7K2M-0Q1D-R4TB-03VX"_s) != hash);
    QVERIFY(!hash.contains(u"7K2M"_s));
}

QTEST_GUILESS_MAIN(tst_Totp)
#include "tst_Totp.moc"
