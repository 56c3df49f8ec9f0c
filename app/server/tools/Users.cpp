// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Users.h"

#include "server/api/Http.h"
#include "server/auth/Accounts.h"
#include "server/auth/Passwords.h"
#include "server/store/Database.h"
#include "server/time/StoreTime.h"

#include <QRegularExpression>

#include <future>
#include <istream>
#include <ostream>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShortestPassword = 12;

QString whyNot(const UserAddOptions& options, const QString& password)
{
    static const QRegularExpression login(u"^[a-z0-9][a-z0-9._-]{1,62}$"_s);
    if (!login.match(options.login).hasMatch())
        return u"the login must be 2 to 63 characters of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit"_s;
    if (options.name.trimmed().isEmpty() || options.name.size() > 100)
        return u"the name must have 1 to 100 characters"_s;
    if (!protocol::fromWire<Role>(options.role))
        return u"'%1' is no role; roles are staff, vendor_manager, vendor_member, support_agent, admin and channel"_s.arg(options.role);
    if (password.size() < kShortestPassword || password.size() > 256)
        return u"the password (first line of the input) must have %1 to 256 characters"_s.arg(kShortestPassword);
    return {};
}

void add(Txn& txn, const UserAddOptions& options, const QString& phc)
{
    std::optional<VendorId> vendor;
    if (!options.vendor.isEmpty()) {
        const auto row = txn.db().one(u"SELECT id FROM vendor WHERE code = ?"_s, {options.vendor});
        if (!row)
            throw ProblemError(404, "not-found", u"there is no vendor with the code %1"_s.arg(options.vendor));
        vendor = row->id<VendorId>(0);
    }
    createAccount(txn, options.login, options.name.trimmed(), *protocol::fromWire<Role>(options.role), vendor, phc);
}

} // namespace

int runUserAdd(const Config& config, const UserAddOptions& options, const Clock& clock, Rng& rng, std::istream& in, std::ostream& out)
{
    std::string line;
    std::getline(in, line);
    const QString password = QString::fromStdString(line).trimmed();
    if (const QString why = whyNot(options, password); !why.isEmpty()) {
        out << why.toStdString() << '\n';
        return 1;
    }
    StoreOptions store;
    store.path = config.databasePath();
    SteadyWallClock time(clock);
    auto opened = Database::open(store, time, rng);
    if (!opened) {
        out << opened.error().detail.toStdString() << '\n';
        return 2;
    }
    try {
        beginTime(time, store.path, clock, config.trustClock); // servers may begin by what is written here
    } catch (const StoreError& e) {
        out << e.what() << '\n';
        return 2;
    }
    Database& db = **opened;
    db.writer().start();
    const QString phc = hashPassword(password);
    Actor actor;
    actor.role = u"system"_s;
    actor.requestId = u"user-add"_s;
    std::promise<std::exception_ptr> result;
    if (!db.writer().submit(actor, [&](Txn& txn) { add(txn, options, phc); }, [&](std::exception_ptr error) { result.set_value(error); }))
        return 2;
    const std::exception_ptr error = result.get_future().get();
    db.writer().stop();
    try {
        if (error)
            std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        out << e.problem.detail.toStdString() << '\n';
        return 1;
    } catch (const std::exception& e) {
        out << e.what() << '\n';
        return 2;
    }
    out << "account " << options.login.toStdString() << " made\n";
    return 0;
}

} // namespace naru::server
