// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "server/store/Connection.h"

namespace naru::server {

// What the setting `database` says: the path of a SQLite file, or postgres://user@host/name.
Engine engineOf(const QString& database);
// For people and logs: never a password.
QString storeName(const QString& database);
// Empty, or what is wrong with a postgres:// URL and how one looks.
QString whyNotUrl(const QString& database);
// The keywords of libpq that the URL sets itself.
QStringList keywordsOf(const QString& url);

enum class StoreAccess { Writer, Reader };
// Error kind Storage, "database-unavailable". One writer of a SQLite file at a time (FileLock); of PostgreSQL as many as there are
// servers.
Result<std::unique_ptr<Connection>> openStore(const QString& database, StoreAccess how);
using StoreOpener = std::function<Result<std::unique_ptr<Connection>>()>;

} // namespace naru::server
