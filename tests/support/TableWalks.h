// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

namespace naru::server {
class Connection;
}

namespace naru::test {

// Which of these statements SQLite would answer by walking a table that grows with the business, row by row, as "table: statement". Its
// planner knows no figures of the tables here, so a small store tells about a large one.
QStringList tableWalks(server::Connection& sqlite, const QSet<QString>& statements);

} // namespace naru::test
