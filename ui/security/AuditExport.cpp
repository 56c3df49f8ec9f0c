// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditExport.h"

#include <QCoreApplication>

#include "ui/security/AuditWords.h"
#include "ui/security/SecurityWords.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

AuditExport::AuditExport(const QString& path) : m_file(path) {}

// A cell that begins as a formula gets an apostrophe before it: what is in the log was typed by anybody.
QString AuditExport::cell(const QString& text)
{
    QString out = text;
    if (!out.isEmpty() && u"=+-@\t\r"_s.contains(out.front()))
        out.prepend(u'\'');
    if (out.contains(u'"') || out.contains(u',') || out.contains(u'\n') || out.contains(u'\r'))
        out = u'"' + out.replace(u'"', u"\"\""_s) + u'"';
    return out;
}

bool AuditExport::row(const QStringList& cells)
{
    QStringList quoted;
    for (const QString& text : cells)
        quoted.append(cell(text));
    const QByteArray bytes = quoted.join(u',').toUtf8() + "\r\n";
    return m_file.write(bytes) == bytes.size();
}

bool AuditExport::begin()
{
    if (!m_file.open(QIODevice::WriteOnly) || m_file.write("\xEF\xBB\xBF") != 3)
        return false;
    const auto word = [](const char* source) { return QCoreApplication::translate("AuditExport", source); };
    return row({word(QT_TRANSLATE_NOOP("AuditExport", "Number")), word(QT_TRANSLATE_NOOP("AuditExport", "Time (UTC)")), word(QT_TRANSLATE_NOOP("AuditExport", "Who")),
        word(QT_TRANSLATE_NOOP("AuditExport", "Role")), word(QT_TRANSLATE_NOOP("AuditExport", "Vendor")), word(QT_TRANSLATE_NOOP("AuditExport", "What")), u"action"_s,
        word(QT_TRANSLATE_NOOP("AuditExport", "Kind")), u"id"_s, word(QT_TRANSLATE_NOOP("AuditExport", "Name")), word(QT_TRANSLATE_NOOP("AuditExport", "Change")), u"detail"_s, u"request_id"_s});
}

bool AuditExport::add(const std::vector<AuditLine>& lines)
{
    for (const AuditLine& l : lines)
        if (!row({QString::number(l.seq), toRfc3339(l.at), auditActor(l), auditRoleText(l.actorRole), l.vendorName, auditAction(l), l.action, entityWord(l.entityType), l.entityId, l.entityText,
                auditChange(l), l.detail, l.requestId}))
            return false;
    return true;
}

bool AuditExport::commit() { return m_file.commit(); }

} // namespace naru::ui
