// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// Recurrence rules: the declared subset and nothing else, expanded in local dates; clocks that jump.
#include "server/domain/Recurrence.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

namespace {

QStringList days(const QString& rrule, const QString& start, const QString& first, const QString& last, const std::vector<QString>& except = {})
{
    const auto r = Recurrence::parse(rrule);
    if (!r)
        return {r.error().detail};
    QStringList out;
    for (const QDate& d : r->days(*dayOf(start), *dayOf(first), *dayOf(last), except))
        out << d.toString(u"MM-dd"_s);
    return out;
}

QString at(const char* day, const char* time, const char* zone, ClockChange expected)
{
    const LocalMoment m = momentOf(QDate::fromString(QString::fromLatin1(day), Qt::ISODate), QTime::fromString(QString::fromLatin1(time), u"HH:mm"_s), QTimeZone(zone));
    return toRfc3339(m.at).left(16) + (m.clockChange == expected ? QString() : u" another clock change"_s);
}

} // namespace

class tst_Recurrence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void expands();
    void countsFromTheStart();
    void writesOneTextForOneRule();
    void refuses_data();
    void refuses();
    void clocksThatJump();
    void everyHourOfTwoYears();
};

void tst_Recurrence::expands()
{
    const QString from = u"2026-11-02"_s; // a Monday
    QCOMPARE(days(u"FREQ=DAILY"_s, from, u"2026-11-28"_s, u"2026-12-01"_s), (QStringList{u"11-28"_s, u"11-29"_s, u"11-30"_s, u"12-01"_s}));
    QCOMPARE(days(u"FREQ=DAILY;INTERVAL=10"_s, from, from, u"2026-11-30"_s), (QStringList{u"11-02"_s, u"11-12"_s, u"11-22"_s}));
    QCOMPARE(days(u"FREQ=DAILY;BYDAY=SA,SU"_s, from, from, u"2026-11-15"_s), (QStringList{u"11-07"_s, u"11-08"_s, u"11-14"_s, u"11-15"_s}));
    QCOMPARE(days(u"FREQ=WEEKLY;BYDAY=TU,SA"_s, from, from, u"2026-11-15"_s), (QStringList{u"11-03"_s, u"11-07"_s, u"11-10"_s, u"11-14"_s}));
    QCOMPARE(days(u"FREQ=WEEKLY"_s, from, from, u"2026-11-20"_s), (QStringList{u"11-02"_s, u"11-09"_s, u"11-16"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY"_s, from, from, u"2027-01-31"_s), (QStringList{u"11-02"_s, u"12-02"_s, u"01-02"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY;BYDAY=2SA,-1SU"_s, from, from, u"2026-12-31"_s), (QStringList{u"11-14"_s, u"11-29"_s, u"12-12"_s, u"12-27"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY;BYDAY=FR"_s, from, from, u"2026-11-30"_s), (QStringList{u"11-06"_s, u"11-13"_s, u"11-20"_s, u"11-27"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY;BYMONTHDAY=-1"_s, from, from, u"2027-02-28"_s), (QStringList{u"11-30"_s, u"12-31"_s, u"01-31"_s, u"02-28"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY;BYMONTHDAY=31"_s, from, from, u"2027-03-31"_s), (QStringList{u"12-31"_s, u"01-31"_s, u"03-31"_s})); // a month without the day is left out
    QCOMPARE(days(u"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"_s, from, from, u"2027-12-31"_s), (QStringList{u"11-13"_s, u"08-13"_s}));
    // The week's first day decides which weeks count.
    QCOMPARE(days(u"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4"_s, u"2026-08-04"_s, u"2026-08-01"_s, u"2026-12-31"_s), (QStringList{u"08-04"_s, u"08-09"_s, u"08-18"_s, u"08-23"_s}));
    QCOMPARE(days(u"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4;WKST=SU"_s, u"2026-08-04"_s, u"2026-08-01"_s, u"2026-12-31"_s),
        (QStringList{u"08-04"_s, u"08-16"_s, u"08-18"_s, u"08-30"_s}));
    QCOMPARE(days(u"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31"_s, u"2026-02-01"_s, u"2026-02-01"_s, u"2199-12-31"_s), QStringList()); // matches nothing, and ends
}

void tst_Recurrence::countsFromTheStart()
{
    const QString from = u"2026-11-02"_s;
    QCOMPARE(days(u"FREQ=DAILY;COUNT=3"_s, from, u"2026-11-03"_s, u"2026-12-31"_s), (QStringList{u"11-03"_s, u"11-04"_s}));
    QCOMPARE(days(u"FREQ=DAILY;UNTIL=20261104"_s, from, u"2026-11-01"_s, u"2026-12-31"_s), (QStringList{u"11-02"_s, u"11-03"_s, u"11-04"_s}));
    QCOMPARE(days(u"FREQ=DAILY;COUNT=3"_s, from, from, u"2026-12-31"_s, {u"2026-11-03"_s}), (QStringList{u"11-02"_s, u"11-04"_s})); // what is left out counts
    QCOMPARE(days(u"FREQ=DAILY;INTERVAL=2"_s, from, u"2026-11-07"_s, u"2026-11-10"_s), (QStringList{u"11-08"_s, u"11-10"_s}));
    QCOMPARE(days(u"FREQ=DAILY"_s, from, u"2026-10-01"_s, u"2026-11-02"_s), QStringList{u"11-02"_s});
    QCOMPARE(days(u"FREQ=DAILY"_s, from, u"2026-10-01"_s, u"2026-11-01"_s), QStringList());
}

void tst_Recurrence::writesOneTextForOneRule()
{
    const auto r = Recurrence::parse(u" byday=su,2sa,mo,+1mo ; "_s.trimmed().chopped(2) + u";wkst=mo;interval=1;freq=monthly"_s);
    QVERIFY2(r, r ? "" : qPrintable(r.error().detail));
    QCOMPARE(r->text(), u"FREQ=MONTHLY;BYDAY=MO,SU,1MO,2SA"_s);
    QCOMPARE(Recurrence::parse(r->text())->text(), r->text());
    QCOMPARE(r->summary().weekdays.size(), std::size_t(4));
    QCOMPARE(r->summary().weekdays.back(), (RuleWeekday{6, 2}));
    const auto w = Recurrence::parse(u"FREQ=WEEKLY;UNTIL=20270131;INTERVAL=3;WKST=SU;BYDAY=MO"_s);
    QCOMPARE(w->text(), u"FREQ=WEEKLY;INTERVAL=3;UNTIL=20270131;BYDAY=MO;WKST=SU"_s);
    QCOMPARE(w->summary().until, std::optional(u"2027-01-31"_s));
}

void tst_Recurrence::refuses_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"", "DAILY", "FREQ=", "FREQ=HOURLY", "FREQ=YEARLY", "FREQ=DAILY;", "FREQ=DAILY;FREQ=DAILY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1",
             "FREQ=DAILY;INTERVAL=367", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999", "FREQ=DAILY;COUNT=1;UNTIL=20270101", "FREQ=DAILY;UNTIL=20270230", "FREQ=DAILY;UNTIL=20270101T000000Z",
             "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=", "FREQ=MONTHLY;BYDAY=MO,",
             "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;BYSETPOS=1", "FREQ=DAILY;WKST=1", "FREQ=DAILY\nCOUNT=3", "FREQ=DAILY;X-A=1", "=DAILY",
             "FREQ=DAILY;INTERVAL=1e1", "FREQ=DAILY;INTERVAL= 2"})
        QTest::addRow("%s", rule) << QString::fromLatin1(rule);
}

void tst_Recurrence::refuses()
{
    QFETCH(QString, rule);
    const auto r = Recurrence::parse(rule);
    QVERIFY2(!r, r ? qPrintable(r->text()) : "");
    QCOMPARE(r.error().code, u"rrule-invalid"_s);
    QVERIFY(!r.error().detail.isEmpty());
}

void tst_Recurrence::clocksThatJump()
{
    using C = ClockChange;
    // Seoul has no summer time now; it had one in 1988.
    QCOMPARE(at("2026-11-22", "17:30", "Asia/Seoul", C::None), u"2026-11-22T08:30"_s);
    QCOMPARE(at("1988-05-08", "02:30", "Asia/Seoul", C::Gap), u"1988-05-07T17:30"_s); // shown as 03:30
    QCOMPARE(at("1988-10-09", "02:30", "Asia/Seoul", C::Overlap), u"1988-10-08T16:30"_s); // the first of the two, still in summer time
    // New York jumps an hour.
    QCOMPARE(at("2026-03-08", "01:59", "America/New_York", C::None), u"2026-03-08T06:59"_s);
    QCOMPARE(at("2026-03-08", "02:00", "America/New_York", C::Gap), u"2026-03-08T07:00"_s); // 03:00 there
    QCOMPARE(at("2026-03-08", "02:30", "America/New_York", C::Gap), u"2026-03-08T07:30"_s); // 03:30
    QCOMPARE(at("2026-03-08", "03:00", "America/New_York", C::None), u"2026-03-08T07:00"_s);
    QCOMPARE(at("2026-11-01", "00:59", "America/New_York", C::None), u"2026-11-01T04:59"_s);
    QCOMPARE(at("2026-11-01", "01:30", "America/New_York", C::Overlap), u"2026-11-01T05:30"_s); // the first
    QCOMPARE(at("2026-11-01", "02:00", "America/New_York", C::None), u"2026-11-01T07:00"_s);
    // Lord Howe jumps half an hour.
    QCOMPARE(at("2026-10-04", "02:15", "Australia/Lord_Howe", C::Gap), u"2026-10-03T15:45"_s); // 02:45 there
    QCOMPARE(at("2026-10-04", "02:30", "Australia/Lord_Howe", C::None), u"2026-10-03T15:30"_s);
    QCOMPARE(at("2026-04-05", "01:45", "Australia/Lord_Howe", C::Overlap), u"2026-04-04T14:45"_s);
    QCOMPARE(at("2026-04-05", "02:00", "Australia/Lord_Howe", C::None), u"2026-04-04T15:30"_s);
}

// Whatever the zone: the clock shows what was asked for, except in a gap, and then it shows later.
void tst_Recurrence::everyHourOfTwoYears()
{
    for (const char* name : {"Asia/Seoul", "America/New_York", "Australia/Lord_Howe"}) {
        const QTimeZone zone(name);
        int gaps = 0;
        int overlaps = 0;
        Instant last{};
        for (QDate day(2026, 1, 1); day < QDate(2028, 1, 1); day = day.addDays(1)) {
            for (int quarter = 0; quarter < 96; ++quarter) {
                const QTime time(quarter / 4, quarter % 4 * 15);
                const LocalMoment m = momentOf(day, time, zone);
                const QDateTime shown = QDateTime::fromMSecsSinceEpoch(toUnixMs(m.at), zone);
                gaps += m.clockChange == ClockChange::Gap;
                overlaps += m.clockChange == ClockChange::Overlap;
                if (m.clockChange == ClockChange::Gap)
                    QVERIFY(shown.date() == day && shown.time() > time);
                else
                    QVERIFY(shown.date() == day && shown.time() == time);
                QVERIFY(m.clockChange != ClockChange::None || m.at > last || gaps > 0);
                last = m.at;
            }
        }
        const int quarters = QByteArray(name) == "Asia/Seoul" ? 0 : QByteArray(name) == "America/New_York" ? 8 : 4;
        QCOMPARE(gaps, quarters);
        QCOMPARE(overlaps, quarters);
    }
}

QTEST_GUILESS_MAIN(tst_Recurrence)
#include "tst_Recurrence.moc"
