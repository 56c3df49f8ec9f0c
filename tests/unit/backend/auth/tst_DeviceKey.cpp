// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
#include <QSignalSpy>
#include <QTest>

#include "backend/auth/DeviceKey.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;
using Says = KeychainAnswer::Says;

namespace {

// One computer: a keychain and a profile. Each key() is another start of the program.
struct Computer {
    std::unique_ptr<DeviceKey> start(Millis unlock = Millis{10'000})
    {
        auto key = std::make_unique<DeviceKey>(std::make_unique<MemoryEntry>(chest), marker(), unlock, clock);
        key->start();
        return key;
    }
    QString marker() const { return profile.path() + u"/sub/device-key.json"_s; }
    QTemporaryDir profile;
    MemoryChest chest;
    FakeClock clock;
};

QString thumbprint(const DeviceKey& key) { return QString::fromStdString(key.key()->jwk().thumbprint()); }

} // namespace

// Every row of the keychain's table, with a keychain that says what the test wants. tst_DeviceKeyring asks a real one.
class tst_DeviceKey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theFirstRunMakesAKeyAndTheNextFindsIt()
    {
        Computer pc;
        auto key = pc.start();
        QCOMPARE(key->state(), KeyState::Waiting);
        QVERIFY(!key->key());
        QTRY_COMPARE(key->state(), KeyState::Ready);
        QCOMPARE(key->storage(), u"keychain"_s);
        QCOMPARE(pc.chest.value()->size(), 138);
        const QString print = thumbprint(*key);
        key->noteDevice(u"01J0000000000000000000000D"_s);
        const auto marker = KeyMarker::load(pc.marker());
        QVERIFY(marker);
        QCOMPARE(marker->jkt, print);
        QCOMPARE(marker->storage, u"keychain"_s);
        QCOMPARE(marker->deviceId, u"01J0000000000000000000000D"_s);
        QCOMPARE(marker->createdAt, pc.clock.now());
        QFile file(pc.marker());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(pc.chest.value()->toBase64().left(40)));
        auto again = pc.start();
        QTRY_COMPARE(again->state(), KeyState::Ready);
        QCOMPARE(thumbprint(*again), print);
    }

    void notFoundBesideAMarkerIsLockedAndNeverOverwritten()
    {
        Computer pc;
        auto first = pc.start();
        QTRY_COMPARE(first->state(), KeyState::Ready);
        const auto kept = pc.chest.value();
        pc.chest.reads = Says::NotFound; // as GNOME's keyring says it when it is locked and nobody can be asked
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::Locked);
        QVERIFY(!key->key());
        QSignalSpy changes(key.get(), &DeviceKey::changed);
        key->retry();
        QTRY_COMPARE(changes.size(), 2); // waiting, and locked again
        QCOMPARE(key->state(), KeyState::Locked);
        QCOMPARE(pc.chest.value(), kept);
        pc.chest.reads = Says::Ok; // unlocked
        key->retry();
        QTRY_COMPARE(key->state(), KeyState::Ready);
        QCOMPARE(thumbprint(*key), thumbprint(*first));
    }

    void setUpAgainIsAnotherDevice()
    {
        Computer pc;
        auto first = pc.start();
        QTRY_COMPARE(first->state(), KeyState::Ready);
        pc.chest.set(std::nullopt); // deleted
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::Locked);
        pc.chest.writes = Says::Denied;
        key->setUpAgain();
        QTRY_COMPARE(key->state(), KeyState::Locked);
        QCOMPARE(KeyMarker::load(pc.marker())->jkt, thumbprint(*first)); // nothing has been given up yet
        pc.chest.writes = Says::Ok;
        key->setUpAgain();
        QTRY_COMPARE(key->state(), KeyState::Ready);
        QVERIFY(thumbprint(*key) != thumbprint(*first));
        QCOMPARE(KeyMarker::load(pc.marker())->jkt, thumbprint(*key));
        auto next = pc.start();
        QTRY_COMPARE(next->state(), KeyState::Ready);
        QCOMPARE(thumbprint(*next), thumbprint(*key));
    }

    void anOpenPromptIsWaitedForAndALateAnswerCounts()
    {
        Computer pc;
        pc.chest.silent = true;
        auto key = pc.start(Millis{5});
        QCOMPARE(key->state(), KeyState::Waiting);
        QTRY_COMPARE(key->state(), KeyState::Locked);
        key->retry();
        QCOMPARE(key->state(), KeyState::Waiting);
        QTRY_COMPARE(key->state(), KeyState::Locked);
        pc.chest.silent = false; // the person unlocks after all
        QTRY_COMPARE(key->state(), KeyState::Ready);
        QVERIFY(pc.chest.value());
    }

    void whoGaveUpTheWaitKeepsTheMemoryKey()
    {
        Computer pc;
        pc.chest.silent = true;
        auto key = pc.start(Millis{5});
        QTRY_COMPARE(key->state(), KeyState::Locked);
        key->useMemory();
        QCOMPARE(key->state(), KeyState::MemoryOnly);
        const QString print = thumbprint(*key);
        pc.chest.silent = false;
        auto other = pc.start();
        QTRY_COMPARE(other->state(), KeyState::Ready); // the first answer has come by now, too
        QCOMPARE(key->state(), KeyState::MemoryOnly);
        QCOMPARE(thumbprint(*key), print);
    }

    void deniedAtTheFirstRunIsLocked()
    {
        Computer pc;
        pc.chest.writes = Says::Denied;
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::Locked);
        QVERIFY(!KeyMarker::load(pc.marker()));
        pc.chest.writes = Says::Ok;
        key->retry();
        QTRY_COMPARE(key->state(), KeyState::Ready);
    }

    void withoutAKeychainNothingIsKeptAndThePersonIsAsked_data()
    {
        QTest::addColumn<bool>("onRead");
        QTest::addColumn<bool>("setUp");
        QTest::newRow("no bus, no library") << true << false;
        QTest::newRow("no bus, no library, but there was one") << true << true;
        QTest::newRow("no collection") << false << false;
    }
    void withoutAKeychainNothingIsKeptAndThePersonIsAsked()
    {
        QFETCH(bool, onRead);
        Computer pc;
        QFETCH(bool, setUp);
        if (setUp) {
            auto first = pc.start();
            QTRY_COMPARE(first->state(), KeyState::Ready);
            pc.chest.set(std::nullopt);
        }
        const auto markerBefore = KeyMarker::load(pc.marker());
        (onRead ? pc.chest.reads : pc.chest.writes) = Says::Absent;
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::NoKeychain);
        QVERIFY(!key->key());
        key->useMemory();
        QCOMPARE(key->state(), KeyState::MemoryOnly);
        QVERIFY(key->key());
        QCOMPARE(key->storage(), u"memory"_s);
        key->noteDevice(u"01J0000000000000000000000D"_s);
        QCOMPARE(KeyMarker::load(pc.marker()), markerBefore);
        QVERIFY(!pc.chest.value());
        QCOMPARE(QDir(pc.profile.path()).isEmpty(), !setUp); // no plain file, nowhere
        key->retry();
        key->setUpAgain();
        QCOMPARE(key->state(), KeyState::MemoryOnly); // until the program ends
    }

    void aKeychainThatForgetsIsNone()
    {
        Computer pc;
        pc.chest.forgets = true;
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::NoKeychain);
        QVERIFY(!QFile::exists(pc.marker()));
    }

    void aForeignKeyStaysWhereItIs()
    {
        Computer pc;
        auto first = pc.start();
        QTRY_COMPARE(first->state(), KeyState::Ready);
        const QByteArray foreign = QByteArray::fromStdString(proof::PrivateKey::make().toPkcs8());
        for (const QByteArray& secret : {foreign, QByteArray("no key at all")}) {
            pc.chest.set(secret);
            auto key = pc.start();
            QTRY_COMPARE(key->state(), KeyState::Locked);
            QCOMPARE(pc.chest.value(), secret);
        }
    }

    void aKeyWithoutItsMarkerIsTaken()
    {
        Computer pc;
        auto first = pc.start();
        QTRY_COMPARE(first->state(), KeyState::Ready);
        QVERIFY(QFile::remove(pc.marker()));
        auto key = pc.start();
        QTRY_COMPARE(key->state(), KeyState::Ready);
        QCOMPARE(thumbprint(*key), thumbprint(*first));
        QCOMPARE(KeyMarker::load(pc.marker())->jkt, thumbprint(*first));
        QFile broken(pc.marker());
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        auto next = pc.start();
        QTRY_COMPARE(next->state(), KeyState::Ready);
        QCOMPARE(KeyMarker::load(pc.marker())->jkt, thumbprint(*first));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.close();
        pc.chest.reads = Says::NotFound;
        auto locked = pc.start();
        QTRY_COMPARE(locked->state(), KeyState::Locked); // a spoilt marker is one
    }

    void whoWantsNothingKeptHasAMemoryKeyAtOnce()
    {
        FakeClock clock;
        DeviceKey key(nullptr, {}, Millis{10}, clock);
        key.start();
        QCOMPARE(key.state(), KeyState::MemoryOnly);
    }

    // Through the threads: nobody signs in without a key, and what the person decides goes on with what waits.
    void aSignInWaitsForTheKey()
    {
        BackendHarness h;
        h.chest.reads = Says::Absent;
        h.start();
        std::vector<KeyState> seen;
        QObject::connect(&h.backend->session(), &SessionService::keyStateChanged, &h.backend->session(), [&](KeyState s) { seen.push_back(s); });
        QCOMPARE(h.backend->session().keyState(), KeyState::Waiting);
        Outcome<SessionInfo> o;
        h.backend->session().signIn(u"x"_s, u"y"_s, o.reply());
        QTRY_COMPARE(h.backend->session().keyState(), KeyState::NoKeychain);
        QVERIFY(h.settle());
        QVERIFY(o.done.empty());
        QCOMPARE(h.backend->session().state(), SessionState::SigningIn);
        QCOMPARE(h.wire.count("POST /oauth/authorize-challenge"), 0);
        h.backend->session().useMemoryKey();
        QTRY_VERIFY(o.ok());
        QCOMPARE(h.backend->session().keyState(), KeyState::MemoryOnly);
        QVERIFY(h.wire.asked("POST /oauth/authorize-challenge")[0].body.contains("\"storage\":\"memory\""));
        QCOMPARE(seen, (std::vector<KeyState>{KeyState::NoKeychain, KeyState::MemoryOnly}));
    }

    void aWaitingSignInCanBeGivenUp()
    {
        BackendHarness h;
        h.chest.reads = Says::Denied;
        h.start();
        Outcome<SessionInfo> o;
        const CallId id = h.backend->session().signIn(u"x"_s, u"y"_s, o.reply());
        QTRY_COMPARE(h.backend->session().keyState(), KeyState::Locked);
        h.backend->cancel(id);
        QTRY_COMPARE(o.kind(), ErrorKind::Cancelled);
        QTRY_COMPARE(h.backend->session().state(), SessionState::SignedOut);
        h.chest.reads = Says::Ok;
        h.backend->session().retryKey();
        QTRY_COMPARE(h.backend->session().keyState(), KeyState::Ready);
        QVERIFY(h.signIn());
        QCOMPARE(h.wire.count("POST /oauth/authorize-challenge"), 1);
    }

    void aKeptSessionNeedsTheKeyItWasGivenTo()
    {
        MemorySecret secret;
        BackendHarness h;
        h.config.keep = [&] { return std::make_unique<MemoryKeep>(secret); };
        QVERIFY(h.signIn());
        QVERIFY(secret.value());
        h.stop();
        h.chest.reads = Says::NotFound;
        h.start();
        Outcome<SessionInfo> o;
        h.backend->session().resume(o.reply());
        QTRY_COMPARE(o.code(), u"device-key-missing"_s);
        QCOMPARE(o.kind(), ErrorKind::Keychain);
        QCOMPARE(h.wire.count("POST /oauth/token"), 1);
        h.backend->session().setUpAgain(); // a new key: what was kept is of no use, and not lost for those who unlock the old one
        h.chest.reads = Says::Ok;
        QTRY_COMPARE(h.backend->session().keyState(), KeyState::Ready);
    }
};

QTEST_GUILESS_MAIN(tst_DeviceKey)
#include "tst_DeviceKey.moc"
