// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// How far a device is trusted: what it says of itself lowers trust and never raises it, and what it does not know counts neither way.
#include "server/auth/device/DeviceTier.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_DeviceTier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tiers_data();
    void tiers();
    void nothingSaidRaises();
    void silenceLowers();

private:
    static PostureSignal signal(const QString& name, const QString& value) { return {name, value, u"self"_s}; }
    const Instant m_now = fromUnixMs(1'772'409'600'000);
};

void tst_DeviceTier::tiers_data()
{
    QTest::addColumn<KeyStorage>("storage");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("tier");
    QTest::addColumn<QString>("reason");
    QTest::newRow("keychain") << KeyStorage::Keychain << u"os"_s << u"Debian 12"_s << 2 << u"not-attested"_s;
    QTest::newRow("memory") << KeyStorage::Memory << u"os"_s << u"Debian 12"_s << 1 << u"memory-key"_s;
    QTest::newRow("hardware nobody attested") << KeyStorage::Hardware << u"os"_s << u"Debian 12"_s << 2 << u"not-attested"_s;
    QTest::newRow("files changed") << KeyStorage::Keychain << u"integrity"_s << u"bad"_s << 0 << u"integrity-bad"_s;
    QTest::newRow("integrity unknown") << KeyStorage::Keychain << u"integrity"_s << u"unknown"_s << 2 << u"not-attested"_s;
    QTest::newRow("disk open") << KeyStorage::Keychain << u"disk_encryption"_s << u"off"_s << 1 << u"disk-encryption-off"_s;
    QTest::newRow("disk unknown") << KeyStorage::Keychain << u"disk_encryption"_s << u"unknown"_s << 2 << u"not-attested"_s;
    QTest::newRow("screen open") << KeyStorage::Keychain << u"screen_lock"_s << u"off"_s << 1 << u"screen-lock-off"_s;
    QTest::newRow("no firewall") << KeyStorage::Keychain << u"firewall"_s << u"off"_s << 1 << u"firewall-off"_s;
    QTest::newRow("no anti-malware") << KeyStorage::Keychain << u"anti_malware"_s << u"off"_s << 1 << u"anti-malware-off"_s;
    QTest::newRow("root") << KeyStorage::Keychain << u"root"_s << u"on"_s << 1 << u"runs-as-root"_s;
    QTest::newRow("moved key") << KeyStorage::Keychain << u"storage"_s << u"memory"_s << 1 << u"storage-downgraded"_s;
    QTest::newRow("secure boot is only shown") << KeyStorage::Keychain << u"secure_boot"_s << u"off"_s << 2 << u"not-attested"_s;
}

void tst_DeviceTier::tiers()
{
    QFETCH(KeyStorage, storage);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, reason);
    const Tier t = tierOf(storage, {signal(name, value)}, m_now, m_now);
    QTEST(t.tier, "tier");
    QVERIFY2(t.reasons.contains(reason), qPrintable(t.reasons.join(u' ')));
}

void tst_DeviceTier::nothingSaidRaises()
{
    const std::vector<PostureSignal> best{signal(u"storage"_s, u"hardware"_s), signal(u"integrity"_s, u"on"_s), signal(u"disk_encryption"_s, u"on"_s),
        signal(u"secure_boot"_s, u"on"_s), signal(u"screen_lock"_s, u"on"_s), signal(u"firewall"_s, u"on"_s), signal(u"anti_malware"_s, u"on"_s), signal(u"root"_s, u"off"_s)};
    for (const KeyStorage storage : {KeyStorage::Memory, KeyStorage::Keychain, KeyStorage::Hardware})
        QCOMPARE(tierOf(storage, best, m_now, m_now).tier, tierOf(storage, {}, m_now, m_now).tier);
}

void tst_DeviceTier::silenceLowers()
{
    QCOMPARE(tierOf(KeyStorage::Keychain, {}, m_now, m_now + kPostureMissed).tier, 2);
    const Tier late = tierOf(KeyStorage::Keychain, {}, m_now, m_now + kPostureMissed + Millis{1});
    QCOMPARE(late.tier, 1);
    QVERIFY(late.reasons.contains(u"posture-missed"_s));
    QCOMPARE(tierOf(KeyStorage::Memory, {}, m_now, m_now + kPostureMissed + Millis{1}).tier, 0);
    QCOMPARE(tierOf(KeyStorage::Keychain, {signal(u"integrity"_s, u"bad"_s)}, m_now, m_now + 3 * kPostureMissed).tier, 0); // never below
    // A device that was away has missed nothing: the session's beginning counts.
    QCOMPARE(heardAt(m_now, m_now + Millis{5}), m_now + Millis{5});
    QCOMPARE(heardAt(std::nullopt, m_now), m_now);
    QCOMPARE(heardAt(m_now, m_now - Millis{5}), m_now);
}

QTEST_GUILESS_MAIN(tst_DeviceTier)
#include "tst_DeviceTier.moc"
