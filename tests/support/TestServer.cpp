// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TestServer.h"

#include "server/api/Server.h"
#include "server/tools/Check.h"
#include "server/tools/Node.h"
#include "support/PgCluster.h"

#include <future>

namespace naru::test {

using namespace Qt::StringLiterals;

struct TestServer::Private {
    QTemporaryDir dir;
    FakeClock fake;
    const Clock* clock = nullptr;
    std::unique_ptr<server::Node> node;
    SmallData data;
};

TestServer::TestServer(Options options) : d(std::make_unique<Private>())
{
    d->clock = options.fakeClock ? static_cast<const Clock*>(&d->fake) : &systemClock();
    server::Config config;
    config.dataDir = d->dir.path();
    config.database = freshStore(d->dir);
    config.port = 0;
    config.demo = true;
    config.logLevel = u"error"_s;
    d->node = std::make_unique<server::Node>(config, *d->clock, systemRng(), options.fakeClock ? server::Node::TimeKeeping::AsGiven : server::Node::TimeKeeping::Steady);
    if (auto started = d->node->start(); !started)
        qFatal("the server does not start: %s", qPrintable(started.error().detail));
    if (options.smallData)
        write([this](server::Txn& txn) { d->data = makeSmallData(txn); });
}

TestServer::~TestServer() = default;

quint16 TestServer::port() const { return static_cast<quint16>(d->node->port()); }
FakeClock& TestServer::clock() { return d->fake; }
const Clock& TestServer::time() const { return *d->clock; }
const SmallData& TestServer::data() const { return d->data; }
server::Node& TestServer::node() { return *d->node; }
QString TestServer::dataDir() const { return d->dir.path(); }

RestSession TestServer::signedIn(const QString& login) const
{
    RestSession s = session();
    const QString problem = s.signIn(login);
    if (!problem.isEmpty())
        qFatal("%s cannot sign in: %s", qPrintable(login), qPrintable(problem));
    return s;
}

void TestServer::write(const std::function<void(server::Txn&)>& work)
{
    server::Actor actor;
    actor.role = u"staff"_s;
    actor.letter = 'O';
    actor.requestId = u"test-%1"_s.arg(systemRng().next64(), 16, 16, QLatin1Char('0'));
    std::promise<std::exception_ptr> result;
    if (!d->node->server().writer.submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); }))
        qFatal("the writer takes nothing");
    if (const std::exception_ptr error = result.get_future().get())
        std::rethrow_exception(error);
}

server::Rows TestServer::query(const QString& sql, const server::Params& params)
{
    std::promise<server::Rows> result;
    const bool taken = d->node->server().reads.submit([&](server::Connection& db) {
        try {
            result.set_value(db.query(sql, params));
        } catch (...) {
            result.set_exception(std::current_exception());
        }
    });
    if (!taken)
        qFatal("the read pool takes nothing");
    return result.get_future().get();
}

QStringList TestServer::violations()
{
    std::promise<QStringList> result;
    d->node->server().reads.submit([&](server::Connection& db) {
        QStringList texts;
        try {
            for (const server::Violation& v : server::checkInvariants(db, d->clock->now()))
                texts << v.rule + u' ' + v.description + u' ' + v.entityId;
        } catch (const std::exception& e) {
            texts << QString::fromUtf8(e.what());
        }
        result.set_value(texts);
    });
    return result.get_future().get();
}

void TestServer::stop() { d->node->stop(); }

} // namespace naru::test
