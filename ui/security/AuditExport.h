// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <QSaveFile>

namespace naru::ui {

// Lines of the audit log as a table for other programs: CSV (RFC 4180), UTF-8 with a byte order mark so that spreadsheets read Korean, times in
// UTC, and no cell that a spreadsheet would take for a formula. The file appears whole or not at all. UI thread.
class AuditExport {
public:
    explicit AuditExport(const QString& path);
    bool begin(); // false: cannot be written
    bool add(const std::vector<AuditLine>& lines);
    bool commit();
    QString path() const { return m_file.fileName(); }
    QString problem() const { return m_file.errorString(); }
    static QString cell(const QString& text);

private:
    bool row(const QStringList& cells);
    QSaveFile m_file;
};

} // namespace naru::ui
