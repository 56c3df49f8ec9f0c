// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Connection.h"

namespace naru::server {

using namespace Qt::StringLiterals;

QString Param::text() const
{
    if (const auto* text = std::get_if<QString>(&m_v))
        return *text;
    if (const auto* bytes = std::get_if<std::string>(&m_v))
        return QString::fromUtf8(bytes->data(), static_cast<qsizetype>(bytes->size()));
    return std::get<Id128>(m_v).toString();
}

void Param::appendUtf8(std::string& out) const
{
    if (const auto* bytes = std::get_if<std::string>(&m_v)) {
        out += *bytes;
    } else if (const auto* id = std::get_if<Id128>(&m_v)) {
        char text[26];
        id->write(text);
        out.append(text, sizeof text);
    } else if (const auto* number = std::get_if<std::int64_t>(&m_v)) {
        out += std::to_string(*number);
    } else {
        const QByteArray utf8 = std::get<QString>(m_v).toUtf8();
        out.append(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    }
}

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

void Connection::requireEach(std::int64_t changed, const RowBlock& block)
{
    if (changed != static_cast<std::int64_t>(block.rows()))
        throw StoreError(StoreError::Kind::Busy, std::string("a row of ") + block.table + " changed under its own transaction");
}

void Connection::updateEach(const RowBlock& block, std::size_t keys)
{
    if (block.rows() > 0)
        requireEach(updateRows(block, keys), block);
}

std::vector<Rows> Connection::queries(const std::vector<Question>& questions)
{
    std::vector<Rows> answers;
    answers.reserve(questions.size());
    for (const Question& question : questions)
        answers.push_back(query(question.sql, question.params));
    return answers;
}

void Connection::savepoint(const char* name) { exec(u"SAVEPOINT "_s + QString::fromLatin1(name)); }

void Connection::release(const char* name) { exec(u"RELEASE "_s + QString::fromLatin1(name)); }

void Connection::rollbackTo(const char* name)
{
    exec(u"ROLLBACK TO "_s + QString::fromLatin1(name));
    exec(u"RELEASE "_s + QString::fromLatin1(name));
}

} // namespace naru::server
