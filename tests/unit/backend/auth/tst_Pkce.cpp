// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QTest>

#include "backend/auth/Pkce.h"
#include "support/FakeClock.h"

using namespace naru::backend;

class tst_Pkce : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void fitsTheExampleOfTheStandard()
    {
        QCOMPARE(Pkce::challengeFor("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }
    void isFreshEachTime()
    {
        naru::test::FakeRng rng;
        const Pkce a = Pkce::make(rng);
        const Pkce b = Pkce::make(rng);
        QCOMPARE(a.verifier.size(), 43);
        QCOMPARE(a.challenge.size(), 43);
        QVERIFY(a.verifier != b.verifier);
        QCOMPARE(a.challenge, Pkce::challengeFor(a.verifier));
    }
};

QTEST_GUILESS_MAIN(tst_Pkce)
#include "tst_Pkce.moc"
