// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "proof/Encoding.h"
#include "server/auth/factor/Seal.h"
#include "support/FakeClock.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Seal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void derivesAsTheStandardSays();
    void opensWhatItSealed();
    void opensNothingElse();
    void keyIsAFileOfItsOwner();
};

void tst_Seal::derivesAsTheStandardSays()
{
    // RFC 5869, A.1 and A.3: the first 32 bytes.
    const std::string secret(22, '\x0b');
    QCOMPARE(QByteArray::fromStdString(deriveKey(secret, QByteArray::fromHex("000102030405060708090a0b0c").toStdString(), QByteArray::fromHex("f0f1f2f3f4f5f6f7f8f9").toStdString())).toHex(),
        QByteArray("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    QCOMPARE(QByteArray::fromStdString(deriveKey(secret, {}, {})).toHex(), QByteArray("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
}

void tst_Seal::opensWhatItSealed()
{
    const Seal seal(std::string(32, 'k'));
    for (const std::string& plain : {std::string(), std::string("x"), std::string(20, '\0'), std::string(1000, 'y')}) {
        const std::string sealed = seal.seal(plain, "totp/1", systemRng());
        QCOMPARE(seal.open(sealed, "totp/1").value_or("nothing"), plain);
        QVERIFY(sealed != seal.seal(plain, "totp/1", systemRng())); // never twice the same
        QVERIFY(plain.size() < 2 || sealed.find(proof::toBase64Url(plain).substr(0, 8)) == std::string::npos);
    }
    QCOMPARE(Seal(std::string(32, 'k')).open(seal.seal("kept", "c", systemRng()), "c").value_or(""), std::string("kept")); // over a restart
}

void tst_Seal::opensNothingElse()
{
    const Seal seal(std::string(32, 'k'));
    const std::string sealed = seal.seal("secret", "totp/1", systemRng());
    QVERIFY(!seal.open(sealed, "totp/2"));
    QVERIFY(!seal.open(sealed, ""));
    QVERIFY(!Seal(std::string(32, 'l')).open(sealed, "totp/1"));
    const std::string raw = *proof::fromBase64Url(sealed);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        std::string changed = raw;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY2(!seal.open(proof::toBase64Url(changed), "totp/1"), std::to_string(i).c_str());
        QVERIFY(!seal.open(proof::toBase64Url(raw.substr(0, i)), "totp/1"));
    }
    QVERIFY(!seal.open(sealed + "AA", "totp/1"));
    QVERIFY(!seal.open("not base64url!", "totp/1"));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, Seal(std::string(31, 'k')));
}

void tst_Seal::keyIsAFileOfItsOwner()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"keys/seal.key"_s);
    const std::string sealed = Seal::fromFile(path, systemRng()).seal("kept", "c", systemRng());
    QCOMPARE(Seal::fromFile(path, systemRng()).open(sealed, "c").value_or(""), std::string("kept"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(QFile::remove(path));
    QVERIFY(!Seal::fromFile(path, systemRng()).open(sealed, "c")); // another key
    QFile spoiled(path);
    QVERIFY(spoiled.open(QIODevice::WriteOnly));
    spoiled.write("short");
    spoiled.close();
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, Seal::fromFile(path, systemRng()));
}

QTEST_GUILESS_MAIN(tst_Seal)
#include "tst_Seal.moc"
