// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "core/Session.h"

// Sentences about sessions that more than one place says. UI thread.
namespace naru::ui {

QString restrictionText(const QString& code); // "parallel-use" … of SessionInfo::restricted: why only reading is allowed
QString spanText(int seconds); // "2 minutes", "1 min 35 s", "40 s"
QString deviceOf(const Error& refusal); // of session-confirm and session-exists: "office-pc", or "another device"
QString placeOf(const Error& refusal); // the same, and where it is: "office-pc, Seoul"
int minutesSince(const Error& refusal, Instant now); // of its last activity; at least one
// What support needs to find the case: who, what, code, when. For the clipboard.
QString supportNote(const QString& account, const QString& what, const QString& code, Instant now);

} // namespace naru::ui
