// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "proof/CallerKey.h"
#include "proof/Encoding.h"
#include "server/auth/dpop/ProofDoor.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::FakeClock;

// Proofs of possession: what is shown is of this request, this token, this minute, and shown once (auth.md, threats T2 to T5).
class tst_ProofDoor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void aGoodProofTellsItsKey();
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void everyFlippedBitIsRefused();
    void aProofIsGoodOnce();
    void noncesLastTwoToThreeMinutes();
    void theCallersClockDoesNotMatter();
    void theAddressIsTheOneThatWasAskedFor();
    void noncesAreOfServersWithTheSameSecret();

private:
    static constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
    static constexpr char kToken[] = "aaa.bbb.ccc";
    struct Side {
        FakeClock clock;
        proof::CallerKey caller;
        ProofDoor door{kSecret, {}, clock};
        std::string request(const std::function<void(proof::ProofRequest&)>& change = {})
        {
            proof::ProofRequest r{"GET", "http://naru.example:7420/v1/orders", door.nonce(), kToken, toUnixMs(clock.now()) / 1000, "id" + std::to_string(++m_ids)};
            if (change)
                change(r);
            return proof::makeProof(caller.key(), r);
        }
        QString code(const std::string& proof, const char* method = "GET", const char* path = "/v1/orders", const char* token = kToken)
        {
            const auto r = door.check({method, path, "naru.example:7420", proof, token});
            const auto* p = std::get_if<protocol::Problem>(&r);
            return p ? p->code : QString();
        }
        int m_ids = 0;
    };
};

void tst_ProofDoor::aGoodProofTellsItsKey()
{
    Side s;
    const auto r = s.door.check({"GET", "/v1/orders", "naru.example:7420", s.request(), kToken});
    const auto* ok = std::get_if<ProofDoor::Admitted>(&r);
    QVERIFY(ok);
    QCOMPARE(ok->thumbprint, s.caller.thumbprint());
    QVERIFY(!ok->nonceIsOld);
    QCOMPARE(s.code({}), u"dpop-invalid"_s);
}

void tst_ProofDoor::whatDoesNotFitIsRefused_data()
{
    QTest::addColumn<std::function<void(proof::ProofRequest&)>>("change");
    QTest::addColumn<QString>("code");
    using R = proof::ProofRequest;
    const auto row = [](const char* name, std::function<void(R&)> change, const char16_t* code = u"dpop-invalid") {
        QTest::newRow(name) << change << QString::fromUtf16(code);
    };
    row("other method", [](R& r) { r.method = "POST"; });
    row("other path", [](R& r) { r.uri = "http://naru.example:7420/v1/refunds"; });
    row("longer path", [](R& r) { r.uri += "/x"; });
    row("other host", [](R& r) { r.uri = "http://evil.example:7420/v1/orders"; });
    row("other port", [](R& r) { r.uri = "http://naru.example:7421/v1/orders"; });
    row("no scheme", [](R& r) { r.uri = "naru.example:7420/v1/orders"; });
    row("other token", [](R& r) { r.accessToken = "aaa.bbb.ddd"; });
    row("no token", [](R& r) { r.accessToken.clear(); });
    row("no id", [](R& r) { r.id.clear(); });
    row("no nonce", [](R& r) { r.nonce.clear(); }, u"use-dpop-nonce");
    row("invented nonce", [](R& r) { r.nonce = proof::toBase64Url(std::string(24, 'x')); }, u"use-dpop-nonce");
    // Of the right minute, which anybody can name: only the server's word for it is missing.
    row("invented nonce of this minute", [](R& r) { r.nonce = proof::toBase64Url(proof::fromBase64Url(r.nonce).value_or("").substr(0, 8) + std::string(16, 'x')); }, u"use-dpop-nonce");
    row("nonce of nothing", [](R& r) { r.nonce = "x"; }, u"use-dpop-nonce");
}

void tst_ProofDoor::whatDoesNotFitIsRefused()
{
    using Change = std::function<void(proof::ProofRequest&)>;
    QFETCH(Change, change);
    QFETCH(QString, code);
    Side s;
    QCOMPARE(s.code(s.request(change)), code);
    QCOMPARE(s.code(s.request()), QString()); // negative control: without the change it is let in
}

void tst_ProofDoor::everyFlippedBitIsRefused()
{
    Side s;
    const std::string good = s.request();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        if (s.code(bad).isEmpty())
            QFAIL(qPrintable(u"byte %1 could be changed"_s.arg(i)));
    }
    QCOMPARE(s.code(good), QString());
    for (const std::string& bad : {std::string("."), std::string(".."), std::string("a.b"), good + ".x", std::string(5000, 'A')})
        QCOMPARE(s.code(bad), u"dpop-invalid"_s);
}

void tst_ProofDoor::aProofIsGoodOnce()
{
    Side s;
    const std::string proof = s.request();
    QCOMPARE(s.code(proof), QString());
    QCOMPARE(s.code(proof), u"dpop-invalid"_s);
    // Replayed after any time: first it is known, then its nonce is too old (T3: at 0, 1, 179, 181 s).
    for (const int second : {1, 178, 2}) {
        s.clock.advance(Millis{second * 1000});
        QVERIFY(!s.code(proof).isEmpty());
    }
    // Another key may use the same id.
    proof::CallerKey other;
    const proof::ProofRequest r{"GET", "http://naru.example:7420/v1/orders", s.door.nonce(), kToken, 0, "same"};
    QCOMPARE(s.code(proof::makeProof(other.key(), r)), QString());
    QCOMPARE(s.code(proof::makeProof(s.caller.key(), r)), QString());
    QCOMPARE(s.code(proof::makeProof(s.caller.key(), r)), u"dpop-invalid"_s);
}

void tst_ProofDoor::noncesLastTwoToThreeMinutes()
{
    Side s;
    const std::string nonce = s.door.nonce();
    const auto with = [&] { return s.request([&](proof::ProofRequest& r) { r.nonce = nonce; }); };
    s.clock.advance(Millis{119'000});
    const auto late = s.door.check({"GET", "/v1/orders", "naru.example:7420", with(), kToken});
    QVERIFY(std::holds_alternative<ProofDoor::Admitted>(late) && std::get<ProofDoor::Admitted>(late).nonceIsOld); // good, and told the next
    s.clock.advance(Millis{62'000});
    QCOMPARE(s.code(with()), u"use-dpop-nonce"_s);
}

void tst_ProofDoor::theCallersClockDoesNotMatter()
{
    Side s;
    for (const std::int64_t off : {-86'400, 86'400}) {
        const auto r = s.door.check({"GET", "/v1/orders", "naru.example:7420", s.request([&](proof::ProofRequest& p) { p.issuedAt += off; }), kToken});
        QVERIFY(std::holds_alternative<ProofDoor::Admitted>(r));
        QCOMPARE(std::get<ProofDoor::Admitted>(r).clockOffSeconds, off);
    }
}

void tst_ProofDoor::theAddressIsTheOneThatWasAskedFor()
{
    Side s;
    QCOMPARE(s.code(s.request([](proof::ProofRequest& r) { r.uri = "https://NARU.example:7420/v1/orders"; })), QString()); // a balancer took the TLS off
    ProofDoor strict(kSecret, "https://naru.example.kr", s.clock);
    const auto at = [&](const char* uri) {
        const auto r = strict.check({"GET", "/v1/orders", "10.0.0.7:7420", s.request([&](proof::ProofRequest& p) { p.uri = uri; }), kToken});
        return std::holds_alternative<ProofDoor::Admitted>(r);
    };
    QVERIFY(at("https://naru.example.kr/v1/orders"));
    QVERIFY(!at("http://naru.example.kr/v1/orders"));
    QVERIFY(!at("http://10.0.0.7:7420/v1/orders"));
}

void tst_ProofDoor::noncesAreOfServersWithTheSameSecret()
{
    Side s;
    ProofDoor sister(kSecret, {}, s.clock);
    ProofDoor stranger("ffffffffffffffffffffffffffffffff", {}, s.clock);
    const Shown shown{"GET", "/v1/orders", "naru.example:7420", {}, kToken};
    const auto good = [&](ProofDoor& door) {
        const std::string proof = s.request();
        Shown with = shown;
        with.proof = proof;
        return std::holds_alternative<ProofDoor::Admitted>(door.check(with));
    };
    QVERIFY(good(sister));
    QVERIFY(!good(stranger));
}

QTEST_GUILESS_MAIN(tst_ProofDoor)
#include "tst_ProofDoor.moc"
