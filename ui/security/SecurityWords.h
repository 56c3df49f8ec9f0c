// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "models/security/ConflictQueueModel.h"
#include "ui/theme/Paint.h"

// Words, icons and tones of sessions, devices and their conflicts. UI thread.
namespace naru::ui {

ChipSpec chipOf(ConflictKind kind);
ChipSpec chipOf(const Conflict& conflict); // why it waits, or what became of it
ChipSpec chipOf(SessionStatus status);
ChipSpec chipOf(DeviceStatus status);
ChipSpec chipOf(AccountStatus status);
ChipSpec tierChip(int tier);
ChipSpec signalChip(const PostureSignal& signal); // what is reported, unknown is neither good nor bad
QString decisionText(ConflictDecision decision); // what was decided: "Same person"
QString riskText(models::RiskMark mark);
const char* riskIcon(models::RiskMark mark);
QString tierReasonText(const QString& reason);
QString signalText(const QString& name); // "Disk encryption"
QString signalWhy(const PostureSignal& signal); // to what end it is reported; of what is not known also why not
QString storageText(KeyStorage storage);
QString ruleText(const FiredRule& rule); // a plain sentence
QString ruleAction(const QString& action); // what it did: "limited to reading"
QString limitText(const QString& wire);
QString auditRoleText(const QString& wireRole); // of a line of the audit log
QString secondsText(int seconds); // a span of seconds: "45 s", "3 min"
QString ago(Instant at, Instant now);
QString clockText(Instant t); // "14:06:02" in the display zone

} // namespace naru::ui
