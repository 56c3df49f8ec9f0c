// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/LocalNode.h"

#include "server/api/Server.h"
#include "support/PgCluster.h"

#include <QTest>

#include <future>

using namespace Qt::StringLiterals;

namespace naru::test {

LocalNode::LocalNode(const Adjust& adjust, bool smallData)
{
    server::Config config;
    config.dataDir = m_dir.path();
    config.port = 0;
    if (adjust)
        adjust(config);
    if (config.database.isEmpty() && (onPostgres() || config.dataDir == m_dir.path()))
        config.database = freshStore(m_dir);
    m_node = std::make_unique<server::Node>(config, systemClock(), systemRng());
    if (auto started = m_node->start(); !started)
        qFatal("the server does not start: %s", qPrintable(started.error().detail));
    if (smallData)
        write([this](server::Txn& txn) { m_data = makeSmallData(txn); });
}

RestSession LocalNode::signedIn(const QString& login) const
{
    RestSession s = session();
    const QString problem = s.signIn(login);
    if (!problem.isEmpty())
        qFatal("%s cannot sign in: %s", qPrintable(login), qPrintable(problem));
    return s;
}

void LocalNode::write(const std::function<void(server::Txn&)>& work)
{
    server::Actor actor;
    actor.role = u"staff"_s;
    actor.letter = 'O';
    actor.requestId = u"test-%1"_s.arg(systemRng().next64(), 16, 16, QLatin1Char('0'));
    std::promise<std::exception_ptr> result;
    // A small intake may be full of what the server itself begins with.
    const auto submit = [&] { return m_node->server().writer.submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); }); };
    if (!QTest::qWaitFor(submit, 10'000))
        qFatal("the writer takes nothing");
    if (const std::exception_ptr error = result.get_future().get())
        std::rethrow_exception(error);
}

std::int64_t LocalNode::publish(const QString& mark, std::optional<VendorId> vendor, int padding)
{
    const Id128 id = Id128::make(toUnixMs(systemClock().now()), systemRng().next64(), systemRng().next64());
    write([&](server::Txn& txn) {
        protocol::json::object payload{{"mark", protocol::utf8(mark)}, {"padding", std::string(static_cast<std::size_t>(padding), 'x')}};
        txn.publish("vendor.changed", vendor, u"vendor"_s, id, 1, std::move(payload));
    });
    std::int64_t seq = 0; // numbered by the commit
    write([&](server::Txn& txn) { seq = txn.db().one(u"SELECT seq FROM outbox WHERE entity_type = 'vendor' AND entity_id = ?"_s, {id.toString()})->integer(0); });
    return seq;
}

} // namespace naru::test
