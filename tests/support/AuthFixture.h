// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "proof/CallerKey.h"
#include "server/auth/AuthService.h"
#include "server/store/Database.h"
#include "support/FakeClock.h"

#include <QTemporaryDir>

namespace naru::test {

// Sign-in over a real store in a temporary folder, with a fake clock and without HTTP. Calls block. Test thread.
class AuthFixture {
public:
    using Grant = std::variant<server::TokenGrant, protocol::Problem>;
    AuthFixture();
    ~AuthFixture();

    FakeClock clock;
    server::AuthService& auth() { return *m_auth; }
    server::Writer& writer() { return m_db->writer(); }
    server::ReadPool& reads() { return m_db->reads(); }
    // For another service over the same rows and keys, as another server has it.
    server::AuthOptions options() const;
    void load(server::AuthService& service);
    const QString& store() const { return m_store; } // of the same rows, for a server with a writer of its own

    // One of staff1, staff2, tea (vendor_manager), locked, whose devices nobody has to approve, and careful (staff); password as in the demo.
    UserId user(const QString& login) const { return m_users.at(login); }
    // Each device has a key of its own, known by its name.
    std::variant<std::string, protocol::Problem> code(const QString& login, const QString& password, const QString& device = QStringLiteral("A"));
    server::SignInRequest request(const QString& login, const QString& password, const QString& device) const;
    std::variant<std::string, protocol::Problem> code(const server::SignInRequest& request);
    static proof::CallerKey& key(const QString& device = QStringLiteral("A"));
    static std::string thumbprint(const QString& device = QStringLiteral("A"));
    Grant redeem(const std::string& code, const QString& device = QStringLiteral("A")) { return redeemAt(*m_auth, code, device); }
    static Grant redeemAt(server::AuthService& service, const std::string& code, const QString& device);
    server::TokenGrant signIn(const QString& login, const QString& device = QStringLiteral("A")); // fails the program when refused
    Grant refresh(const std::string& token, bool userActive = true, const QString& device = QStringLiteral("A"));
    // "" when the token is good, else the problem code.
    QString verdict(const std::string& accessToken, const QString& device = {});
    protocol::Problem problem(const std::string& accessToken, const QString& device = {}); // empty: the device the token was made for
    void tick(); // and waits until the writer has done what it caused
    void settle();
    void write(const std::function<void(server::Txn&)>& work);
    server::Rows query(const QString& sql, const server::Params& params = {});
    void restart(); // a new service over the same files
    std::vector<std::pair<SessionId, SessionEnded>> ends() const;

    static const std::string& verifier();

private:
    void open();

    QTemporaryDir m_dir;
    QString m_store; // kept over restarts
    std::unique_ptr<server::Database> m_db;
    std::unique_ptr<server::AuthService> m_auth;
    std::map<QString, UserId> m_users;
    mutable std::mutex m_lock; // guards m_ends
    std::vector<std::pair<SessionId, SessionEnded>> m_ends;
};

} // namespace naru::test
