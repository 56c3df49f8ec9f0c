// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
#include "backend/thread/ThreadedBackend.h"
#include "support/TestServer.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

// Two consoles' real backends, each with its thread, on one server: what one does the other's screens are told.
class tst_TwoConsoles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void aChangeIsSeenByTheOtherConsole();
    void aSecondSignInEndsTheFirstConsole();

private:
    static std::unique_ptr<backend::Backend> console(const TestServer& server, const QString& device)
    {
        backend::BackendConfig config;
        config.server = QUrl(u"http://%1:%2"_s.arg(server.host()).arg(server.port()));
        config.deviceName = device;
        config.keychain = false;
        return backend::makeBackend(config);
    }
    static bool signIn(backend::Backend& console, QObject& context, const QString& login)
    {
        std::optional<bool> done;
        console.session().signIn(login, u"naru-demo-2026"_s, {&context, [&](Result<SessionInfo> answer) { done = answer.has_value(); }});
        return QTest::qWaitFor([&] { return done.has_value(); }, 20000) && *done
            && QTest::qWaitFor([&] { return console.connection().state == backend::LinkState::Live; }, 20000);
    }
};

void tst_TwoConsoles::aChangeIsSeenByTheOtherConsole()
{
    constexpr int kChanges = 100;
    TestServer server;
    QObject context;
    const auto one = console(server, u"first"_s);
    const auto two = console(server, u"second"_s);
    QVERIFY(signIn(*one, context, u"staff1"_s));
    QVERIFY(signIn(*two, context, u"staff2"_s));
    std::optional<ProductSummary> product;
    one->catalogue().products({}, {&context, [&](Result<Page<ProductSummary>> answer) {
                                       QVERIFY(answer && !answer->items.empty());
                                       product = answer->items.front();
                                   }});
    QTRY_VERIFY_WITH_TIMEOUT(product, 10000);

    QElapsedTimer timer;
    std::int64_t seen = 0;
    qint64 seenAfter = 0;
    connect(&two->catalogue(), &backend::CatalogueService::productsChanged, &context, [&](const std::vector<ProductSummary>& changed) {
        for (const auto& p : changed)
            if (p.id == product->id && p.version > seen) {
                seen = p.version;
                seenAfter = timer.elapsed();
            }
    });
    std::vector<qint64> times;
    std::int64_t version = product->version;
    for (int i = 0; i < kChanges; ++i) {
        ProductPatch patch;
        patch.titleKo = u"이름 %1"_s.arg(i);
        std::optional<Error> failed;
        timer.start();
        std::int64_t next = 0;
        one->catalogue().patchProduct(product->id, version, patch, {&context, [&](Result<ProductDetail> answer) {
                                                                        if (answer)
                                                                            next = answer->summary.version;
                                                                        else
                                                                            failed = answer.error();
                                                                    }});
        QVERIFY2(QTest::qWaitFor([&] { return failed || (next > 0 && seen >= next); }, 5000), qPrintable(u"change %1"_s.arg(i)));
        QVERIFY2(!failed, qPrintable(failed ? failed->code + failed->detail : QString()));
        times.push_back(seenAfter);
        version = next;
    }
    std::sort(times.begin(), times.end());
    qInfo("a change in one console is seen by the other after %lld ms (median of %zu; p95 %lld, worst %lld)", times[times.size() / 2], times.size(), times[times.size() * 95 / 100],
        times.back());
    QVERIFY(times[times.size() / 2] < 300);
}

void tst_TwoConsoles::aSecondSignInEndsTheFirstConsole()
{
    TestServer server;
    QObject context;
    const auto one = console(server, u"first"_s);
    const auto two = console(server, u"second"_s);
    QVERIFY(signIn(*one, context, u"staff1"_s));
    QSignalSpy ended(&one->session(), &backend::SessionService::ended);
    QElapsedTimer timer;
    bool signedIn = false;
    two->session().signIn(u"staff1"_s, u"naru-demo-2026"_s, {&context, [&](Result<SessionInfo> answer) {
                                                                 signedIn = answer.has_value();
                                                                 timer.start(); // the takeover is decided now, at the latest
                                                             }});
    QTRY_VERIFY_WITH_TIMEOUT(signedIn, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 5000);
    const qint64 ms = timer.elapsed();
    qInfo("the displaced console is told after %lld ms", ms);
    QVERIFY(ms < 1000);
    const auto how = ended[0][0].value<SessionEnded>();
    QCOMPARE(how.reason, SessionEndReason::Displaced);
    QCOMPARE(how.byDevice, u"second"_s);
    QCOMPARE(one->session().state(), backend::SessionState::Ended);
    QCOMPARE(two->session().state(), backend::SessionState::Active);
}

QTEST_GUILESS_MAIN(tst_TwoConsoles)
#include "tst_TwoConsoles.moc"
