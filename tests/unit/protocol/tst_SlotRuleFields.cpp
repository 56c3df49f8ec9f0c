// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_protocol
// The wire forms of slot rules, capacity changes and the stock doctor: there and back, strict where a server reads.
#include "protocol/SlotRuleFields.h"
#include "protocol/StockLedgerFields.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::protocol;

namespace {

template <class T> T again(const T& x)
{
    auto back = fromJson<T>(toJson(x), true);
    if (!back)
        qFatal("does not come back: %s", qPrintable(back.error().fields.empty() ? back.error().detail : back.error().fields.front().field));
    return *back;
}

template <class T> QStringList faults(const char* text)
{
    const auto parsed = parseJson(text);
    const auto value = fromJson<T>(*parsed, true);
    QStringList fields;
    if (!value)
        for (const FieldError& e : value.error().fields)
            fields << e.field;
    return fields;
}

Id128 id(std::uint64_t n) { return Id128::make(1'700'000'000'000, 7, n); }

} // namespace

class tst_SlotRuleFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void rulesComeBack()
    {
        SlotRule r;
        r.id = SlotRuleId{id(1)};
        r.productId = ProductId{id(2)};
        r.rrule = u"FREQ=MONTHLY;BYDAY=-1SA"_s;
        r.exdates = {u"2026-12-25"_s};
        r.validUntil = u"2027-01-31"_s;
        r.summary.frequency = RuleFrequency::Monthly;
        r.summary.weekdays = {RuleWeekday{6, -1}};
        r.summary.count = 4;
        QCOMPARE(again(r), r);
    }
    void previewsAndImpactsComeBack()
    {
        RulePreview p;
        p.occurrences = {RuleOccurrence{VariantId{id(3)}, u"2026-10-04"_s, u"02:30"_s, fromUnixMs(1), fromUnixMs(2), OccurrenceState::Booked, ClockChange::Gap}};
        AffectedSlot slot;
        slot.wanted = 3;
        slot.parties = {AffectedParty{ReservationId{id(4)}, {}, {}, u"R-1"_s, u"김하늘"_s, 2, {}}};
        p.booked = {slot};
        QCOMPARE(again(p), p);
        CapacityImpact impact{{slot}, 1, {CapacityChoice::KeepOverbooked, CapacityChoice::LowerToSold}};
        QCOMPARE(again(impact), impact);
    }
    void reportsComeBack()
    {
        DoctorReport r;
        r.counts = {DriftCount{DriftKind::HoldRows, 2}};
        StockDrift d;
        d.kinds = {DriftKind::Counter, DriftKind::ReservationRows};
        d.adjustment = {1, -2, 3};
        r.items = {d};
        QCOMPARE(again(r), r);
        LedgerEntry e;
        e.cause = LedgerCause::Repair;
        e.causeId = u"x"_s;
        QCOMPARE(again(e), e);
    }
    void requestsAreLimited()
    {
        QCOMPARE(faults<CapacityChange>(R"({"action":"burn","reason":""})"), (QStringList{u"/action"_s, u"/reason"_s}));
        QCOMPARE(faults<CapacityChange>(R"({"action":"close","reason":"x","value":-1,"more":1})"), (QStringList{u"/value"_s, u"/more"_s}));
        QCOMPARE(faults<StockRepair>(R"({"on_hand":-1})"), (QStringList{u"/reason"_s, u"/on_hand"_s}));
    }
};

QTEST_GUILESS_MAIN(tst_SlotRuleFields)
#include "tst_SlotRuleFields.moc"
