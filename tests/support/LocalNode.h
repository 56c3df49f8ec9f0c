// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/tools/Node.h"
#include "support/TestServer.h"

namespace naru::test {

// Like TestServer, with settings of its own: limits, times, TLS. Test thread.
class LocalNode {
public:
    using Adjust = std::function<void(server::Config&)>;
    explicit LocalNode(const Adjust& adjust = {}, bool smallData = true);

    int port() const { return m_node->port(); }
    server::Node& node() { return *m_node; }
    const SmallData& data() const { return m_data; }
    QString dataDir() const { return m_dir.path(); }
    RestSession session() const { return RestSession(QStringLiteral("127.0.0.1"), static_cast<quint16>(port())); }
    RestSession signedIn(const QString& login) const;
    void write(const std::function<void(server::Txn&)>& work);
    // One row of the outbox that everybody on the operator's side sees; its number.
    std::int64_t publish(const QString& mark, std::optional<VendorId> vendor = {}, int padding = 0);

private:
    QTemporaryDir m_dir;
    std::unique_ptr<server::Node> m_node;
    SmallData m_data;
};

} // namespace naru::test
