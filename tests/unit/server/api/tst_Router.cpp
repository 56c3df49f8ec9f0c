// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// Callers whose session another server opened: let in at once, looked up by a reader, and only then handled.
#include "server/api/Router.h"
#include "server/auth/conflict/SecurityWatch.h"
#include "server/config/Config.h"
#include "server/engine/Cancellations.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/TicketWaiters.h"
#include "server/events/EventHub.h"
#include "support/AuthFixture.h"

#include <QRegularExpression>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::AuthFixture;

namespace {

// What the router never asks for.
class NoWriter final : public Writer {
public:
    bool submit(Actor, WriteWork, WriteDone) override { return false; }
    void attach(BatchParticipant&) override {}
    void wake() override {}
    void onCommitted(std::function<void(const Events&)>) override {}
    void start() override {}
    void stop() override {}
    bool healthy(QString*) const override { return true; }
};

class HeldReads final : public ReadPool {
public:
    std::vector<std::function<void(Connection&)>> waiting;
    bool full = false;
    bool submit(std::function<void(Connection&)> work) override
    {
        if (!full)
            waiting.push_back(std::move(work));
        return !full;
    }
    void stop() override {}
};

void sayWho(Server&, Request request, Respond respond)
{
    Response r;
    r.body = request.principal->displayName.toStdString();
    respond(std::move(r));
}

} // namespace

class tst_Router : public QObject {
    Q_OBJECT
private:
    struct Desk {
        AuthFixture first; // the server that the caller signed in at
        Config config;
        NoWriter writer;
        HeldReads reads;
        AuthService auth{first.options(), first.clock, systemRng(), writer, reads};
        ReservationEngine engine{writer, first.clock};
        Cancellations cancellations{writer, 1};
        TicketWaiters waiters{reads, first.clock};
        EventHub events{first.clock, 16};
        SecurityWatch security{writer, first.clock};
        Server server{config, first.clock, systemRng(), writer, reads, auth, engine, cancellations, waiters, events, security};
        Router router{server, s_routes};
        std::vector<Response> answers;

        Desk()
        {
            auth.shareSessions();
            first.load(auth);
        }
        ~Desk() { auth.stop(); }
        void ask(const std::string& path, const std::string& token)
        {
            Request r;
            r.method = "GET";
            r.path = path;
            r.headers["authorization"] = "DPoP " + token;
            r.headers["host"] = "naru.example";
            AuthFixture::key().noteNonce(auth.door().nonce());
            r.headers["dpop"] = AuthFixture::key().proof("GET", "http://naru.example" + path, token);
            if (auto refused = router.admit(r))
                answers.push_back(std::move(*refused));
            else
                router.handle(std::move(r), [this](Response a) { answers.push_back(std::move(a)); });
        }
        void read()
        {
            std::promise<void> done;
            first.reads().submit([&](Connection& db) {
                for (const auto& work : std::exchange(reads.waiting, {}))
                    work(db);
                done.set_value();
            });
            done.get_future().get();
        }
    };
    inline static const std::vector<Route> s_routes{
        {"GET", "/who", "", OpClass::R, &sayWho}, {"GET", "/forbidden", "nobody.has", OpClass::R, &sayWho}};

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aStrangerIsLookedUpFirst()
    {
        Desk d;
        const TokenGrant g = d.first.signIn(u"staff1"_s);
        d.ask("/who", g.accessToken);
        QVERIFY(d.answers.empty()); // nobody waits on this thread
        d.read();
        QCOMPARE(d.answers.size(), std::size_t(1));
        QCOMPARE(d.answers[0].status, 200);
        QCOMPARE(QString::fromStdString(d.answers[0].body), u"한지우"_s);
        d.ask("/who", g.accessToken); // known by now
        QCOMPARE(d.answers.size(), std::size_t(2));
        QVERIFY(d.reads.waiting.empty());
    }

    void whatHoldsForOthersHoldsForHim()
    {
        Desk d;
        const TokenGrant old = d.first.signIn(u"staff1"_s);
        const TokenGrant g = d.first.signIn(u"staff1"_s);
        d.ask("/forbidden", g.accessToken);
        d.ask("/who", old.accessToken);
        d.ask("/who", "a.b.c"); // not looked up at all
        QCOMPARE(d.answers.size(), std::size_t(1));
        QCOMPARE(d.answers[0].status, 401);
        d.read();
        QCOMPARE(d.answers.size(), std::size_t(3));
        QCOMPARE(d.answers[1].status, 403);
        QCOMPARE(d.answers[2].status, 401);
        QVERIFY(d.answers[2].body.find("session-displaced") != std::string::npos);
    }

    void busyReadersAreSaidSo()
    {
        Desk d;
        const TokenGrant g = d.first.signIn(u"staff1"_s);
        d.reads.full = true;
        d.ask("/who", g.accessToken);
        QCOMPARE(d.answers.size(), std::size_t(1));
        QCOMPARE(d.answers[0].status, 503);
        const auto& headers = d.answers[0].headers;
        QVERIFY(std::any_of(headers.begin(), headers.end(), [](const auto& h) { return h.first == "Retry-After" && h.second == "1"; }));
    }
};

QTEST_GUILESS_MAIN(tst_Router)
#include "tst_Router.moc"
