// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "proof/CallerKey.h"
#include "server/api/Server.h"
#include "server/auth/AuthService.h"
#include "server/tools/Node.h"

#include <QTemporaryDir>

namespace naru::bench {

// A whole server inside this process, as main() builds it, over SQLite in a folder of its own, with people who sign in. Driver thread.
class AuthWorld {
public:
    explicit AuthWorld(const QString& folder, int people); // std::runtime_error
    ~AuthWorld();

    server::AuthService& auth() { return m_node->server().auth; }
    server::Server& server() { return m_node->server(); }
    int port() const { return m_node->port(); }
    QString login(int person) const { return QStringLiteral("person%1").arg(person); }
    QString password() const { return QStringLiteral("tea and rain in may"); }
    const std::shared_ptr<proof::CallerKey>& device() const { return m_device; } // all of them use this one

    // From an address of its own for each number: limits for networks are not what is measured here.
    server::SignInRequest request(const QString& login, int source) const;
    static const std::string& verifier();
    struct SignedIn {
        UserId user;
        server::TokenGrant grant;
    };
    SignedIn signIn(int person); // waits; std::runtime_error
    server::Rows query(const QString& sql, const server::Params& params = {});

private:
    QTemporaryDir m_folder;
    std::unique_ptr<server::Node> m_node;
    std::shared_ptr<proof::CallerKey> m_device = std::make_shared<proof::CallerKey>();
    std::vector<UserId> m_people;
};

// Processor time of this thread so far, in microseconds.
double threadMicros();

} // namespace naru::bench
