// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "ui/theme/Paint.h"

// Lines of the audit log as sentences. What is not known by name is shown as it stands in the log, never left out. UI thread.
namespace naru::ui {

QString auditAction(const AuditLine& line); // "Signed in"
ChipSpec auditChip(const AuditLine& line); // of lines a reviewer should see at a glance; empty for the others
QString auditEntity(const AuditLine& line); // "Order VO-20412"
QString auditChange(const AuditLine& line); // "To accept → Accepted"; "price: 12,000 → 13,200"
QString auditActor(const AuditLine& line);
QString entityWord(const QString& entityType);

} // namespace naru::ui
