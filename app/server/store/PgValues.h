// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/PgConnection.h"

#include <QByteArray>

namespace naru::server {

// Types of PostgreSQL by their fixed numbers (pg_type.dat).
namespace pgtype {
constexpr unsigned kUnknown = 0;
constexpr unsigned kBool = 16;
constexpr unsigned kInt8 = 20;
constexpr unsigned kInt2 = 21;
constexpr unsigned kInt4 = 23;
constexpr unsigned kText = 25;
constexpr unsigned kOid = 26;
constexpr unsigned kFloat4 = 700;
constexpr unsigned kFloat8 = 701;
constexpr unsigned kInt2Array = 1005;
constexpr unsigned kTextArray = 1009;
constexpr unsigned kInt8Array = 1016;
constexpr unsigned kBpChar = 1042;
constexpr unsigned kNumeric = 1700;
} // namespace pgtype

// A value as it goes over the wire: numbers and arrays in binary, texts as they are.
struct PgConnection::Bound {
    unsigned type = pgtype::kUnknown;
    bool null = true;
    bool binary = false;
    QByteArray bytes;
};

// Numbers are sent as text when PostgreSQL chose the type itself (the statement was prepared with a bare NULL there).
QByteArray pgDigits(const QByteArray& bigEndian);
std::vector<std::pair<unsigned, QByteArray>> pgColumns(const RowBlock& block); // type and binary array of each column
// The block as one binary array of the table's rows; columns that the block does not have are NULL. One array costs the server about
// half of what an array for each column does.
std::string pgRows(const RowBlock& block, const PgConnection::Table& table);
QByteArray pgTextArray(const QStringList& texts);
QByteArray pgInt8(std::int64_t value);
Cell pgCell(unsigned type, const char* text, int size);
StoreError::Kind pgKind(const char* sqlState);

} // namespace naru::server
