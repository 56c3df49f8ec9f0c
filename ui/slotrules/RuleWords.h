// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/SlotRules.h"

// A slot rule in plain words and as RFC 5545 text. UI thread.
namespace naru::ui {

// What a person sets of a recurrence; times and capacity stand beside it.
struct RulePattern {
    RuleFrequency frequency = RuleFrequency::Weekly;
    int interval = 1;
    std::vector<RuleWeekday> weekdays;
    std::vector<int> monthDays;
    std::optional<int> count;
    std::optional<QString> until; // of the rule text itself; an end as a rule's member stands beside it
    int weekStart = 1;
    friend bool operator==(const RulePattern&, const RulePattern&) = default;
};

RulePattern patternOf(const RuleSummary& summary);
QString rruleOf(const RulePattern& pattern);
QString weekdayName(int weekday); // 1 = Monday
QString patternWords(const RulePattern& pattern); // "every week on Sat, Sun"
QString ruleWords(const SlotRule& rule); // "every week on Sat, Sun at 10:00, 90 min, 24 seats (Asia/Seoul)"
QString occurrenceWords(OccurrenceState state);
std::optional<std::vector<int>> monthDaysFrom(const QString& text); // "1, 15, -1"; none when it cannot be read
std::optional<std::vector<QString>> daysFrom(const QString& text); // ISO days, separated by commas or blanks

} // namespace naru::ui
