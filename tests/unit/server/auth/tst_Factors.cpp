// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
#include "server/auth/factor/Factors.h"
#include "server/auth/factor/Totp.h"
#include "support/AuthFixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Factors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init() { m_f = std::make_unique<test::AuthFixture>(); }
    void cleanup() { m_f.reset(); }
    void countsOnceConfirmed();
    void eachCodeOnce();
    void theOldOneCountsUntilTheNewOneIsConfirmed();
    void recoveryCodesOnce();
    void secretsAreNotReadable();
    void aCopiedRowIsWorthNothing();

private:
    const Seal& seal() { return m_f->auth().seal(); }
    UserId kim() { return m_f->user(u"staff1"_s); }
    QStringList factors(const UserId& user);
    std::string enrol(const UserId& user); // the secret, as bytes
    QString codeNow(const std::string& secret) { return QString::fromStdString(hotp(secret, static_cast<std::uint64_t>(totpStep(m_f->clock.now())))); }
    bool confirm(const UserId& user, const QString& code);
    bool use(const UserId& user, const QString& factor, const QString& code);

    std::unique_ptr<test::AuthFixture> m_f;
};

namespace {

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

} // namespace

QStringList tst_Factors::factors(const UserId& user)
{
    QStringList out;
    m_f->write([&](Txn& txn) { out = factorsOf(txn.db(), user); });
    return out;
}

std::string tst_Factors::enrol(const UserId& user)
{
    TotpSecret made;
    m_f->write([&](Txn& txn) { made = enrolTotp(txn, seal(), systemRng(), user, u"Naru"_s, u"staff1"_s); });
    if (!made.uri.contains(u"secret="_s + made.secret))
        qFatal("the address holds another secret");
    return fromBase32(made.secret);
}

bool tst_Factors::confirm(const UserId& user, const QString& code)
{
    bool good = false;
    m_f->write([&](Txn& txn) { good = confirmTotp(txn, seal(), user, code); });
    return good;
}

bool tst_Factors::use(const UserId& user, const QString& factor, const QString& code)
{
    bool good = false;
    m_f->write([&](Txn& txn) { good = useFactor(txn, seal(), user, factor, code); });
    return good;
}

void tst_Factors::countsOnceConfirmed()
{
    QCOMPARE(factors(kim()), QStringList{u"password"_s});
    const std::string secret = enrol(kim());
    QCOMPARE(secret.size(), std::size_t{20});
    QCOMPARE(factors(kim()), QStringList{u"password"_s});
    QVERIFY(!use(kim(), u"totp"_s, codeNow(secret)));
    QVERIFY(!confirm(kim(), u"000000"_s));
    QVERIFY(!confirm(m_f->user(u"staff2"_s), codeNow(secret))); // nothing to confirm
    QVERIFY(confirm(kim(), codeNow(secret)));
    QCOMPARE(factors(kim()), (QStringList{u"totp"_s, u"password"_s}));
    QCOMPARE(factors(m_f->user(u"staff2"_s)), QStringList{u"password"_s});
}

void tst_Factors::eachCodeOnce()
{
    const std::string secret = enrol(kim());
    QVERIFY(confirm(kim(), codeNow(secret)));
    QVERIFY(!use(kim(), u"totp"_s, codeNow(secret))); // used by confirming
    m_f->clock.advance(Millis{30'000});
    const QString code = codeNow(secret);
    QVERIFY(!use(kim(), u"totp"_s, u"123"_s));
    QVERIFY(!use(kim(), u"recovery"_s, code));
    QVERIFY(!use(kim(), u"password"_s, code));
    QVERIFY(!use(m_f->user(u"staff2"_s), u"totp"_s, code));
    QVERIFY(use(kim(), u"totp"_s, u' ' + code + u' '));
    QVERIFY(!use(kim(), u"totp"_s, code));
    m_f->restart();
    QVERIFY(!use(kim(), u"totp"_s, code)); // nor after a restart
    m_f->clock.advance(Millis{30'000});
    QVERIFY(use(kim(), u"totp"_s, codeNow(secret))); // and the secret still opens
}

void tst_Factors::theOldOneCountsUntilTheNewOneIsConfirmed()
{
    const std::string first = enrol(kim());
    QVERIFY(confirm(kim(), codeNow(first)));
    m_f->clock.advance(Millis{60'000});
    const std::string second = enrol(kim());
    QVERIFY(use(kim(), u"totp"_s, codeNow(first)));
    QVERIFY(!confirm(kim(), codeNow(first)));
    const std::string third = enrol(kim()); // begun again
    QVERIFY(!confirm(kim(), codeNow(second)));
    QVERIFY(confirm(kim(), codeNow(third)));
    m_f->clock.advance(Millis{60'000});
    QVERIFY(!use(kim(), u"totp"_s, codeNow(first)));
    QVERIFY(use(kim(), u"totp"_s, codeNow(third)));
}

void tst_Factors::recoveryCodesOnce()
{
    RecoveryCodes made;
    m_f->write([&](Txn& txn) { made = makeRecoveryCodes(txn, systemRng(), kim()); });
    QCOMPARE(made.codes.size(), 10);
    QCOMPARE(factors(kim()), (QStringList{u"recovery"_s, u"password"_s}));
    QVERIFY(!use(m_f->user(u"staff2"_s), u"recovery"_s, made.codes.first()));
    QVERIFY(use(kim(), u"recovery"_s, made.codes.first().toLower()));
    QVERIFY(!use(kim(), u"recovery"_s, made.codes.first()));
    QVERIFY(!use(kim(), u"recovery"_s, u"0000-0000-0000-0000"_s));
    RecoveryCodes again;
    m_f->write([&](Txn& txn) { again = makeRecoveryCodes(txn, systemRng(), kim()); });
    QVERIFY(!use(kim(), u"recovery"_s, made.codes.last())); // the old ones are void
    for (const QString& code : again.codes)
        QVERIFY(use(kim(), u"recovery"_s, code));
    QCOMPARE(factors(kim()), QStringList{u"password"_s}); // used up
}

void tst_Factors::secretsAreNotReadable()
{
    const std::string secret = enrol(kim());
    RecoveryCodes made;
    m_f->write([&](Txn& txn) { made = makeRecoveryCodes(txn, systemRng(), kim()); });
    QString kept;
    for (const Row& row : m_f->query(u"SELECT sealed FROM auth_factor UNION ALL SELECT code_hash FROM auth_recovery_code"_s))
        kept += row.text(0) + u'\n';
    QVERIFY(kept.count(u'\n') == 11);
    QVERIFY(!kept.contains(QString::fromStdString(toBase32(secret))));
    QVERIFY(!kept.contains(QString::fromLatin1(QByteArray::fromStdString(secret).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))));
    for (const QString& code : made.codes)
        QVERIFY(!kept.contains(code) && !kept.contains(QString(code).remove(u'-')));
}

void tst_Factors::aCopiedRowIsWorthNothing()
{
    const std::string secret = enrol(kim());
    QVERIFY(confirm(kim(), codeNow(secret)));
    const UserId lee = m_f->user(u"staff2"_s);
    m_f->write([&](Txn& txn) {
        txn.db().exec(u"INSERT INTO auth_factor (user_id, kind, sealed, state, last_step, created_at) SELECT ?, kind, sealed, state, 0, created_at FROM auth_factor WHERE user_id = ?"_s, {lee, kim()});
    });
    m_f->clock.advance(Millis{30'000});
    QVERIFY(!use(lee, u"totp"_s, codeNow(secret)));
    QVERIFY(use(kim(), u"totp"_s, codeNow(secret)));
}

QTEST_GUILESS_MAIN(tst_Factors)
#include "tst_Factors.moc"
