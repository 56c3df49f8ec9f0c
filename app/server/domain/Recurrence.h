// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "core/SlotRules.h"

#include <QDate>
#include <QTime>
#include <QTimeZone>

// Recurrence rules in local dates, and local times in zones whose clocks jump. Pure: no I/O, no clock. Any thread.
//
// Of RFC 5545: FREQ=DAILY|WEEKLY|MONTHLY; INTERVAL 1…366; COUNT 1…5000 or UNTIL (a date, that day included); BYDAY (in monthly
// rules also "2SA", "-1SU"); BYMONTHDAY 1…31 and −1…−31 (not weekly); WKST. Each part once, in any order. Anything else is refused
// with its name, never ignored. A month without the day is left out. The expansion itself is libical's.
namespace naru::server {

class Recurrence {
public:
    // Error: kind Invalid, code "rrule-invalid", the detail says which part and why.
    static Result<Recurrence> parse(const QString& rrule);

    const RuleSummary& summary() const { return m_summary; }
    const QString& text() const { return m_text; } // upper case, parts in one order: the same rule, the same text
    // The days from `first` to `last` (both included) of the rule that begins on `start`, without `except`. Counting (INTERVAL,
    // COUNT) begins at `start`; left-out days count.
    std::vector<QDate> days(QDate start, QDate first, QDate last, const std::vector<QString>& except = {}) const;

private:
    RuleSummary m_summary;
    QString m_text;
};

struct LocalMoment {
    Instant at{};
    ClockChange clockChange = ClockChange::None;
};
// When the clocks of a zone show this: a time that a jump leaves out is moved forward by the jump, of two equal ones it is the first.
LocalMoment momentOf(QDate day, QTime time, const QTimeZone& zone);

// "2026-11-22" or nothing; only years 2000 to 2199.
std::optional<QDate> dayOf(const QString& text);

} // namespace naru::server
