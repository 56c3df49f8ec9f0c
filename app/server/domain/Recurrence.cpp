// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Recurrence.h"

#include <QDateTime>
#include <QSet>

#include <libical/ical.h>

#include <algorithm>
#include <memory>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxInterval = 366;
constexpr int kMaxCount = 5'000;
constexpr int kMaxSteps = 80'000; // two hundred years of days: a rule that matches nothing ends here at the latest

const QStringList& weekdayNames()
{
    static const QStringList names{u"MO"_s, u"TU"_s, u"WE"_s, u"TH"_s, u"FR"_s, u"SA"_s, u"SU"_s};
    return names;
}

struct Fault {
    QString why;
};

[[noreturn]] void refuse(const QString& why) { throw Fault{why}; } // caught in parse(), never seen outside this file

int number(const QString& part, const QString& text, int min, int max)
{
    bool ok = false;
    const int n = text.toInt(&ok);
    if (!ok || n < min || n > max || text.startsWith(u'+') || text.contains(u' '))
        refuse(u"%1 must be a number from %2 to %3"_s.arg(part).arg(min).arg(max));
    return n;
}

int weekday(const QString& part, const QString& text)
{
    const qsizetype i = weekdayNames().indexOf(text);
    if (i < 0)
        refuse(u"%1: \"%2\" is no day of the week (MO TU WE TH FR SA SU)"_s.arg(part, text));
    return static_cast<int>(i) + 1;
}

void readByDay(RuleSummary& s, const QString& value)
{
    const QStringList days = value.split(u',');
    if (days.size() > 35)
        refuse(u"BYDAY names too many days"_s);
    for (const QString& day : days) {
        RuleWeekday w;
        w.weekday = weekday(u"BYDAY"_s, day.right(2));
        const QString ordinal = day.chopped(std::min<qsizetype>(2, day.size()));
        if (!ordinal.isEmpty()) {
            w.ordinal = number(u"the number before a day in BYDAY"_s, ordinal.startsWith(u'+') ? ordinal.mid(1) : ordinal, -5, 5);
            if (w.ordinal == 0)
                refuse(u"BYDAY: there is no day number 0"_s);
        }
        if (std::find(s.weekdays.begin(), s.weekdays.end(), w) == s.weekdays.end())
            s.weekdays.push_back(w);
    }
    std::sort(s.weekdays.begin(), s.weekdays.end(), [](const RuleWeekday& a, const RuleWeekday& b) { return std::pair(a.ordinal, a.weekday) < std::pair(b.ordinal, b.weekday); });
}

void readByMonthDay(RuleSummary& s, const QString& value)
{
    for (const QString& day : value.split(u',')) {
        const int n = number(u"BYMONTHDAY"_s, day, -31, 31);
        if (n == 0)
            refuse(u"BYMONTHDAY: there is no day number 0"_s);
        if (std::find(s.monthDays.begin(), s.monthDays.end(), n) == s.monthDays.end())
            s.monthDays.push_back(n);
    }
    std::sort(s.monthDays.begin(), s.monthDays.end());
}

void readUntil(RuleSummary& s, const QString& value)
{
    const QDate day = QDate::fromString(value, u"yyyyMMdd"_s);
    if (value.size() != 8 || !day.isValid())
        refuse(u"UNTIL must be a date in the zone of the rule: yyyymmdd, that day included"_s);
    s.until = day.toString(Qt::ISODate);
}

RuleFrequency frequencyOf(const QString& value)
{
    if (value == u"DAILY")
        return RuleFrequency::Daily;
    if (value == u"WEEKLY")
        return RuleFrequency::Weekly;
    if (value == u"MONTHLY")
        return RuleFrequency::Monthly;
    refuse(u"FREQ must be DAILY, WEEKLY or MONTHLY"_s);
}

void check(const RuleSummary& s)
{
    if (s.count && s.until)
        refuse(u"COUNT and UNTIL exclude each other"_s);
    if (s.frequency == RuleFrequency::Weekly && !s.monthDays.empty())
        refuse(u"BYMONTHDAY has no meaning in a weekly rule"_s);
    const bool ordinals = std::any_of(s.weekdays.begin(), s.weekdays.end(), [](const RuleWeekday& w) { return w.ordinal != 0; });
    if (ordinals && s.frequency != RuleFrequency::Monthly)
        refuse(u"BYDAY counts days (\"2SA\") only in monthly rules"_s);
}

RuleSummary read(const QString& rule)
{
    RuleSummary s;
    QSet<QString> seen;
    const QStringList parts = rule.split(u';');
    for (const QString& part : parts) {
        const qsizetype at = part.indexOf(u'=');
        const QString name = part.left(at);
        const QString value = at < 0 ? QString() : part.mid(at + 1);
        if (at < 1 || value.isEmpty())
            refuse(u"\"%1\" is no part of a rule: NAME=value, separated by semicolons"_s.arg(part));
        if (seen.contains(name))
            refuse(u"%1 stands there twice"_s.arg(name));
        seen.insert(name);
        if (name == u"FREQ")
            s.frequency = frequencyOf(value);
        else if (name == u"INTERVAL")
            s.interval = number(name, value, 1, kMaxInterval);
        else if (name == u"COUNT")
            s.count = number(name, value, 1, kMaxCount);
        else if (name == u"UNTIL")
            readUntil(s, value);
        else if (name == u"BYDAY")
            readByDay(s, value);
        else if (name == u"BYMONTHDAY")
            readByMonthDay(s, value);
        else if (name == u"WKST")
            s.weekStart = weekday(name, value);
        else
            refuse(u"%1 is not supported; supported are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY and WKST"_s.arg(name));
    }
    if (!seen.contains(u"FREQ"_s))
        refuse(u"FREQ is missing"_s);
    check(s);
    return s;
}

QString write(const RuleSummary& s)
{
    static const QStringList frequencies{u"DAILY"_s, u"WEEKLY"_s, u"MONTHLY"_s};
    QString out = u"FREQ="_s + frequencies.at(static_cast<int>(s.frequency));
    if (s.interval != 1)
        out += u";INTERVAL=%1"_s.arg(s.interval);
    if (s.count)
        out += u";COUNT=%1"_s.arg(*s.count);
    if (s.until)
        out += u";UNTIL="_s + QString(*s.until).remove(u'-');
    QStringList list;
    for (const RuleWeekday& w : s.weekdays)
        list << (w.ordinal ? QString::number(w.ordinal) : QString()) + weekdayNames().at(w.weekday - 1);
    if (!list.isEmpty())
        out += u";BYDAY="_s + list.join(u',');
    list.clear();
    for (const int day : s.monthDays)
        list << QString::number(day);
    if (!list.isEmpty())
        out += u";BYMONTHDAY="_s + list.join(u',');
    if (s.weekStart != 1)
        out += u";WKST="_s + weekdayNames().at(s.weekStart - 1);
    return out;
}

struct EndIterator {
    void operator()(icalrecur_iterator* it) const { icalrecur_iterator_free(it); }
};

// What the zone adds to UTC at a moment.
qint64 offsetMs(const QTimeZone& zone, qint64 utcMs) { return qint64(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC))) * 1000; }

} // namespace

Result<Recurrence> Recurrence::parse(const QString& rrule)
{
    try {
        Recurrence r;
        r.m_summary = read(rrule.trimmed().toUpper());
        r.m_text = write(r.m_summary);
        return r;
    } catch (const Fault& fault) {
        Error e;
        e.kind = ErrorKind::Invalid;
        e.code = u"rrule-invalid"_s;
        e.detail = fault.why;
        return e;
    }
}

std::vector<QDate> Recurrence::days(QDate start, QDate first, QDate last, const std::vector<QString>& except) const
{
    std::vector<QDate> out;
    if (!start.isValid() || !first.isValid() || last < start || last < first)
        return out;
    icaltimetype begin{}; // not icaltime_null_date(): that one never advances
    begin.year = start.year();
    begin.month = start.month();
    begin.day = start.day();
    begin.is_date = 1;
    // Only what was validated above is ever given to the parser of the library.
    const std::unique_ptr<icalrecur_iterator, EndIterator> it(icalrecur_iterator_new(icalrecurrencetype_from_string(m_text.toLatin1().constData()), begin));
    if (!it)
        return out;
    for (int step = 0; step < kMaxSteps; ++step) {
        const icaltimetype next = icalrecur_iterator_next(it.get());
        if (icaltime_is_null_time(next))
            break;
        const QDate day(next.year, next.month, next.day);
        if (day > last)
            break;
        if (day >= first && std::find(except.begin(), except.end(), day.toString(Qt::ISODate)) == except.end())
            out.push_back(day);
    }
    return out;
}

LocalMoment momentOf(QDate day, QTime time, const QTimeZone& zone)
{
    constexpr qint64 kDayMs = 86'400'000;
    const qint64 wanted = QDateTime(day, time, Qt::UTC).toMSecsSinceEpoch(); // what the clock shows, read as if it were UTC
    const qint64 before = offsetMs(zone, wanted - kDayMs);
    const qint64 after = offsetMs(zone, wanted + kDayMs);
    const qint64 early = wanted - std::max(before, after);
    const qint64 late = wanted - std::min(before, after);
    const bool earlyIs = early + offsetMs(zone, early) == wanted;
    const bool lateIs = late + offsetMs(zone, late) == wanted;
    if (early == late)
        return {fromUnixMs(early), ClockChange::None};
    if (earlyIs && lateIs)
        return {fromUnixMs(early), ClockChange::Overlap};
    if (earlyIs || lateIs)
        return {fromUnixMs(earlyIs ? early : late), ClockChange::None};
    return {fromUnixMs(wanted - before), ClockChange::Gap}; // by the clock before the jump: as late as the jump is long
}

std::optional<QDate> dayOf(const QString& text)
{
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (text.size() != 10 || !day.isValid() || day.year() < 2000 || day.year() > 2199)
        return std::nullopt;
    return day;
}

} // namespace naru::server
