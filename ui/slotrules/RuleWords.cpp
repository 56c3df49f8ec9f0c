// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotrules/RuleWords.h"

#include <QCoreApplication>
#include <QDate>
#include <QRegularExpression>
#include <QStringList>

#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

QString say(const char* source, int n = -1) { return QCoreApplication::translate("RuleWords", source, nullptr, n); }

constexpr const char* kDayCodes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr const char* kFrequencies[] = {"DAILY", "WEEKLY", "MONTHLY"};

QString ordinalName(int ordinal)
{
    switch (ordinal) {
    case 1: return say(QT_TRANSLATE_NOOP("RuleWords", "first"));
    case 2: return say(QT_TRANSLATE_NOOP("RuleWords", "second"));
    case 3: return say(QT_TRANSLATE_NOOP("RuleWords", "third"));
    case 4: return say(QT_TRANSLATE_NOOP("RuleWords", "fourth"));
    case -1: return say(QT_TRANSLATE_NOOP("RuleWords", "last"));
    default: return QString::number(ordinal);
    }
}

QString often(const RulePattern& p)
{
    const bool each = p.interval <= 1;
    switch (p.frequency) {
    case RuleFrequency::Daily: return each ? say(QT_TRANSLATE_NOOP("RuleWords", "every day")) : say(QT_TRANSLATE_NOOP("RuleWords", "every %n days"), p.interval);
    case RuleFrequency::Weekly: return each ? say(QT_TRANSLATE_NOOP("RuleWords", "every week")) : say(QT_TRANSLATE_NOOP("RuleWords", "every %n weeks"), p.interval);
    case RuleFrequency::Monthly: return each ? say(QT_TRANSLATE_NOOP("RuleWords", "every month")) : say(QT_TRANSLATE_NOOP("RuleWords", "every %n months"), p.interval);
    }
    return {};
}

} // namespace

RulePattern patternOf(const RuleSummary& s)
{
    return {s.frequency, s.interval, s.weekdays, s.monthDays, s.count, s.until, s.weekStart};
}

QString rruleOf(const RulePattern& p)
{
    QStringList parts{u"FREQ=%1"_s.arg(QLatin1StringView(kFrequencies[static_cast<int>(p.frequency)]))};
    if (p.interval > 1)
        parts << u"INTERVAL=%1"_s.arg(p.interval);
    if (!p.weekdays.empty() && p.frequency != RuleFrequency::Daily) {
        QStringList days;
        for (const auto& day : p.weekdays)
            days << (day.ordinal != 0 && p.frequency == RuleFrequency::Monthly ? QString::number(day.ordinal) : QString()) + QLatin1StringView(kDayCodes[day.weekday - 1]);
        parts << u"BYDAY="_s + days.join(u',');
    }
    if (!p.monthDays.empty() && p.frequency == RuleFrequency::Monthly) {
        QStringList days;
        for (const int day : p.monthDays)
            days << QString::number(day);
        parts << u"BYMONTHDAY="_s + days.join(u',');
    }
    if (p.count)
        parts << u"COUNT=%1"_s.arg(*p.count);
    if (p.until)
        parts << u"UNTIL="_s + QString(*p.until).remove(u'-');
    if (p.weekStart != 1)
        parts << u"WKST="_s + QLatin1StringView(kDayCodes[p.weekStart - 1]);
    return parts.join(u';');
}

QString weekdayName(int weekday)
{
    return weekdayText(QDate(2024, 1, weekday).toString(Qt::ISODate)); // 2024 began on a Monday
}

QString patternWords(const RulePattern& p)
{
    auto text = often(p);
    QStringList days;
    for (const auto& day : p.weekdays)
        days << (day.ordinal == 0 ? weekdayName(day.weekday) : u"%1 %2"_s.arg(ordinalName(day.ordinal), weekdayName(day.weekday)));
    for (const int day : p.monthDays)
        days << (day == -1 ? say(QT_TRANSLATE_NOOP("RuleWords", "the last day")) : say(QT_TRANSLATE_NOOP("RuleWords", "day %1")).arg(day));
    if (!days.isEmpty() && p.frequency != RuleFrequency::Daily)
        text = say(QT_TRANSLATE_NOOP("RuleWords", "%1 on %2")).arg(text, days.join(u", "_s));
    if (p.count)
        text += u", "_s + QCoreApplication::translate("RuleWords", "%n time(s)", nullptr, *p.count);
    if (p.until)
        text += u", "_s + say(QT_TRANSLATE_NOOP("RuleWords", "until %1")).arg(*p.until);
    return text;
}

QString ruleWords(const SlotRule& rule)
{
    auto text = say(QT_TRANSLATE_NOOP("RuleWords", "%1 at %2, %3 min, %4 seats"))
                    .arg(patternWords(patternOf(rule.summary)), rule.startLocal).arg(rule.durationMin).arg(rule.capacity);
    if (rule.validUntil)
        text += u", "_s + say(QT_TRANSLATE_NOOP("RuleWords", "until %1")).arg(*rule.validUntil);
    return text;
}

QString occurrenceWords(OccurrenceState state)
{
    switch (state) {
    case OccurrenceState::Make: return say(QT_TRANSLATE_NOOP("RuleWords", "new"));
    case OccurrenceState::Keep: return say(QT_TRANSLATE_NOOP("RuleWords", "stays"));
    case OccurrenceState::Change: return say(QT_TRANSLATE_NOOP("RuleWords", "changes"));
    case OccurrenceState::Reopen: return say(QT_TRANSLATE_NOOP("RuleWords", "comes back"));
    case OccurrenceState::Booked: return say(QT_TRANSLATE_NOOP("RuleWords", "booked and different"));
    case OccurrenceState::ByHand: return say(QT_TRANSLATE_NOOP("RuleWords", "made by hand"));
    }
    return {};
}

std::optional<std::vector<int>> monthDaysFrom(const QString& text)
{
    static const QRegularExpression apart(u"[,\\s]+"_s);
    std::vector<int> days;
    for (const auto& part : text.split(apart, Qt::SkipEmptyParts)) {
        bool ok = false;
        const int day = part.toInt(&ok);
        if (!ok || (day != -1 && (day < 1 || day > 31)))
            return std::nullopt;
        days.push_back(day);
    }
    return days;
}

std::optional<std::vector<QString>> daysFrom(const QString& text)
{
    static const QRegularExpression apart(u"[,\\s]+"_s);
    std::vector<QString> days;
    for (const auto& part : text.split(apart, Qt::SkipEmptyParts)) {
        const auto day = QDate::fromString(part, Qt::ISODate);
        if (!day.isValid())
            return std::nullopt;
        days.push_back(day.toString(Qt::ISODate));
    }
    return days;
}

} // namespace naru::ui
