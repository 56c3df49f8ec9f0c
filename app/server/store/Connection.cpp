// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Connection.h"

namespace naru::server {

using namespace Qt::StringLiterals;

QString Connection::insertText(const RowBlock& block)
{
    QStringList names;
    QStringList marks;
    for (const RowBlock::Column& c : block.columns) {
        names << QString::fromLatin1(c.name);
        marks << u"?"_s;
    }
    return u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(QString::fromLatin1(block.table), names.join(u", "_s), marks.join(u", "_s));
}

QString Connection::updateText(const RowBlock& block, std::size_t keys)
{
    QStringList sets;
    QStringList guards;
    for (std::size_t i = 0; i < block.columns.size(); ++i)
        (i < keys ? guards : sets) << QString::fromLatin1(block.columns[i].name) + u" = ?"_s;
    return u"UPDATE %1 SET %2 WHERE %3"_s.arg(QString::fromLatin1(block.table), sets.join(u", "_s), guards.join(u" AND "_s));
}

void Connection::insertRows(const RowBlock& block)
{
    const QString sql = insertText(block);
    const auto width = static_cast<std::ptrdiff_t>(block.columns.size());
    for (auto row = block.cells.begin(); row != block.cells.end(); row += width)
        exec(sql, Params(row, row + width));
}

std::int64_t Connection::updateRows(const RowBlock& block, std::size_t keys)
{
    const QString sql = updateText(block, keys);
    const auto width = static_cast<std::ptrdiff_t>(block.columns.size());
    const auto keyWidth = static_cast<std::ptrdiff_t>(keys);
    std::int64_t changed = 0;
    for (auto row = block.cells.begin(); row != block.cells.end(); row += width) {
        Params params(row + keyWidth, row + width);
        params.insert(params.end(), row, row + keyWidth);
        changed += exec(sql, params);
    }
    return changed;
}

void Connection::savepoint(const char* name) { exec(u"SAVEPOINT "_s + QString::fromLatin1(name)); }

void Connection::release(const char* name) { exec(u"RELEASE "_s + QString::fromLatin1(name)); }

void Connection::rollbackTo(const char* name)
{
    exec(u"ROLLBACK TO "_s + QString::fromLatin1(name));
    exec(u"RELEASE "_s + QString::fromLatin1(name));
}

} // namespace naru::server
