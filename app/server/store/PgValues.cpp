// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/PgValues.h"

#include <QtEndian>
#include <charconv>
#include <string_view>

namespace naru::server {
namespace {

template <class Int> void append(QByteArray& out, Int value)
{
    char raw[sizeof(Int)];
    qToBigEndian(value, raw);
    out.append(raw, sizeof raw);
}

// One dimension, from 1; rows follow as length and bytes, -1 for NULL.
QByteArray arrayHead(unsigned element, std::size_t rows)
{
    QByteArray out;
    append<qint32>(out, rows == 0 ? 0 : 1);
    append<qint32>(out, 1);
    append<quint32>(out, element);
    if (rows > 0) {
        append<qint32>(out, static_cast<qint32>(rows));
        append<qint32>(out, 1);
    }
    return out;
}

void appendText(QByteArray& out, const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    append<qint32>(out, static_cast<qint32>(utf8.size()));
    out.append(utf8);
}

void appendText(QByteArray& out, const Param& p)
{
    thread_local std::string utf8;
    utf8.clear();
    p.appendUtf8(utf8);
    append<qint32>(out, static_cast<qint32>(utf8.size()));
    out.append(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// The same into a string, for whole rows.
template <class Int> void put(std::string& out, Int value)
{
    char raw[sizeof(Int)];
    qToBigEndian(value, raw);
    out.append(raw, sizeof raw);
}

template <class Int> void putNumber(std::string& out, std::int64_t value)
{
    put<qint32>(out, sizeof(Int));
    put<Int>(out, static_cast<Int>(value));
}

void putText(std::string& out, const Param& p)
{
    const std::size_t start = out.size();
    put<qint32>(out, 0);
    p.appendUtf8(out);
    qToBigEndian(static_cast<qint32>(out.size() - start - 4), out.data() + start);
}

std::int64_t numberOf(const Param& p) { return p.type() == Param::Type::Integer ? p.integer() : p.text().toLongLong(); }

template <class Int> void appendNumber(QByteArray& out, std::int64_t value)
{
    append<qint32>(out, sizeof(Int));
    append<Int>(out, static_cast<Int>(value));
}

} // namespace

QByteArray pgInt8(std::int64_t value)
{
    QByteArray out;
    append<qint64>(out, value);
    return out;
}

QByteArray pgDigits(const QByteArray& bigEndian) { return QByteArray::number(qFromBigEndian<qint64>(bigEndian.constData())); }

QByteArray pgTextArray(const QStringList& texts)
{
    QByteArray out = arrayHead(pgtype::kText, static_cast<std::size_t>(texts.size()));
    for (const QString& text : texts)
        appendText(out, text);
    return out;
}

std::vector<std::pair<unsigned, QByteArray>> pgColumns(const RowBlock& block)
{
    const std::size_t width = block.columns.size();
    const std::size_t rows = block.rows();
    std::vector<std::pair<unsigned, QByteArray>> out;
    out.reserve(width);
    for (std::size_t c = 0; c < width; ++c) {
        const RowBlock::Type type = block.columns[c].type;
        const bool text = type == RowBlock::Type::Text;
        const bool small = type == RowBlock::Type::SmallInt;
        QByteArray array = arrayHead(text ? pgtype::kText : small ? pgtype::kInt2 : pgtype::kInt8, rows);
        array.reserve(static_cast<qsizetype>(20 + rows * (text ? 36 : 12)));
        for (std::size_t r = 0; r < rows; ++r) {
            const Param& p = block.cells[r * width + c];
            if (p.isNull())
                append<qint32>(array, -1);
            else if (text)
                appendText(array, p);
            else if (small)
                appendNumber<qint16>(array, numberOf(p));
            else
                appendNumber<qint64>(array, numberOf(p));
        }
        out.emplace_back(text ? pgtype::kTextArray : small ? pgtype::kInt2Array : pgtype::kInt8Array, std::move(array));
    }
    return out;
}

std::string pgRows(const RowBlock& block, const PgConnection::Table& table)
{
    const std::size_t width = block.columns.size();
    const std::size_t rows = block.rows();
    std::vector<std::size_t> cellOf(table.columns.size(), width); // where the table's column stands in the block
    for (std::size_t b = 0; b < width; ++b)
        if (const auto at = table.index.find(block.columns[b].name); at != table.index.end())
            cellOf[at->second] = b;
    std::string out;
    out.reserve(32 + rows * (8 + table.columns.size() * 40));
    const QByteArray head = arrayHead(table.rowType, rows);
    out.append(head.constData(), static_cast<std::size_t>(head.size()));
    for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t start = out.size();
        put<qint32>(out, 0); // the row's size, known at its end
        put<qint32>(out, static_cast<qint32>(table.columns.size()));
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const unsigned type = table.columns[c].type;
            const Param* p = cellOf[c] < width ? &block.cells[r * width + cellOf[c]] : nullptr;
            put<quint32>(out, type);
            if (!p || p->isNull())
                put<qint32>(out, -1);
            else if (type == pgtype::kInt8)
                putNumber<qint64>(out, numberOf(*p));
            else if (type == pgtype::kInt4)
                putNumber<qint32>(out, numberOf(*p));
            else if (type == pgtype::kInt2)
                putNumber<qint16>(out, numberOf(*p));
            else
                putText(out, *p);
        }
        qToBigEndian(static_cast<qint32>(out.size() - start - 4), out.data() + start);
    }
    return out;
}

Cell pgCell(unsigned type, const char* text, int size)
{
    std::int64_t n = 0;
    switch (type) {
    case pgtype::kInt8: case pgtype::kInt2: case pgtype::kInt4: case pgtype::kOid:
        std::from_chars(text, text + size, n);
        return n;
    case pgtype::kBool: return *text == 't' ? 1 : 0;
    case pgtype::kFloat4: case pgtype::kFloat8: return QByteArrayView(text, size).toDouble();
    case pgtype::kNumeric: { // sums of BIGINT columns are NUMERIC
        const auto end = std::from_chars(text, text + size, n);
        if (end.ec == std::errc() && end.ptr == text + size)
            return n;
        return QByteArrayView(text, size).toDouble();
    }
    default: return QString::fromUtf8(text, size);
    }
}

StoreError::Kind pgKind(const char* sqlState)
{
    const std::string_view s = sqlState ? sqlState : "";
    if (s == "40001" || s == "40P01" || s == "55P03" || s == "22012") // 22012: PgConnection::updateEach
        return StoreError::Kind::Busy;
    const std::string_view family = s.substr(0, 2);
    if (family == "23" || s == "P0001") // P0001: raised by a trigger, e.g. of an immutable table
        return StoreError::Kind::Constraint;
    if (s == "53100")
        return StoreError::Kind::DiskFull;
    if (s == "25006")
        return StoreError::Kind::ReadOnly;
    if (family == "08" || s == "57P01" || s == "57P02" || s == "57P03" || s == "25P03" || s == "53300" || s == "58030")
        return StoreError::Kind::Io;
    if (s == "XX001" || s == "XX002")
        return StoreError::Kind::Corrupt;
    return StoreError::Kind::Other;
}

} // namespace naru::server
