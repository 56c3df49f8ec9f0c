// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// timeout: 60
// What cancelling costs: the rules by example, and over many made-up policies what always holds.
#include "server/engine/CancellationPrice.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

const Instant kStart = fromUnixMs(1'800'000'000'000);
constexpr Millis kHour{3'600'000};

CancellationPolicy policy(std::vector<CancellationTier> tiers)
{
    CancellationPolicy p;
    p.tiers = std::move(tiers);
    return p;
}

Purchase bought(const CancellationPolicy& p, std::vector<PricedPiece> pieces, std::int64_t paid)
{
    Purchase out;
    out.policy = &p;
    out.pieces = std::move(pieces);
    out.currency = u"KRW"_s;
    out.paidMinor = paid;
    return out;
}

// Tiers that faultOf lets pass: less notice, never a better price.
std::vector<CancellationTier> madeUp(std::mt19937_64& random)
{
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::vector<CancellationTier> tiers(static_cast<std::size_t>(below(5)));
    int hours = 24 * (1 + below(20));
    int bps = 10'000 - below(2'000);
    std::int64_t fee = 0;
    for (CancellationTier& t : tiers) {
        t = {hours, bps, fee, fee ? u"KRW"_s : QString()};
        hours = std::max(0, hours - 1 - below(72));
        bps = std::max(0, bps - below(5'000));
        fee += below(2) ? below(7'000) : 0;
    }
    for (std::size_t i = 1; i < tiers.size(); ++i)
        if (tiers[i].minHoursBefore == tiers[i - 1].minHoursBefore) {
            tiers.resize(i);
            break;
        }
    return tiers;
}

Purchase madeUpPurchase(const CancellationPolicy& p, std::mt19937_64& random)
{
    Purchase out = bought(p, {}, 0);
    const std::size_t pieces = 1 + random() % 4;
    for (std::size_t i = 0; i < pieces; ++i)
        out.pieces.push_back({static_cast<std::int64_t>(1 + random() % 9), static_cast<std::int64_t>(random() % 200'001), kStart + kHour * static_cast<int>(random() % 100)});
    const std::int64_t total = out.totalMinor();
    out.paidMinor = random() % 3 == 0 ? total : random() % 3 == 0 ? 0 : total ? static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(total + 1)) : 0;
    return out;
}

} // namespace

class tst_CancellationPrice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tiersByNotice()
    {
        const CancellationPolicy p = policy({{72, 10'000, 0, {}}, {24, 5'000, 0, {}}});
        const Purchase b = bought(p, {{2, 45'000, kStart}}, 90'000);
        QCOMPARE(cancelPrice(b, kStart - kHour * 100).refundMinor, 90'000);
        QCOMPARE(cancelPrice(b, kStart - kHour * 72).refundMinor, 90'000); // exactly 72 hours is enough
        QCOMPARE(cancelPrice(b, kStart - kHour * 72 + Millis(1)).refundMinor, 45'000);
        QCOMPARE(cancelPrice(b, kStart - kHour * 24).refundMinor, 45'000);
        QCOMPARE(cancelPrice(b, kStart - kHour * 24 + Millis(1)).refundMinor, 0);
        QCOMPARE(cancelPrice(b, kStart + kHour).refundMinor, 0);
        QCOMPARE(cancelPrice(b, kStart + kHour).feeMinor, 90'000);
    }

    void zeroHoursHoldUntilTheStart()
    {
        const CancellationPolicy p = policy({{0, 3'000, 0, {}}});
        const Purchase b = bought(p, {{1, 1'000, kStart}}, 1'000);
        QCOMPARE(cancelPrice(b, kStart).refundMinor, 300);
        QCOMPARE(cancelPrice(b, kStart + Millis(1)).refundMinor, 0);
    }

    void roundsHalfUpPerPiece()
    {
        const CancellationPolicy p = policy({{0, 5'000, 0, {}}});
        QCOMPARE(cancelPrice(bought(p, {{1, 1'001, kStart}, {1, 1'001, kStart}}, 2'002), kStart - kHour).refundMinor, 1'002); // 501 each, not 1,001 of the sum
        QCOMPARE(cancelPrice(bought(p, {{2, 1'001, kStart}}, 2'002), kStart - kHour).refundMinor, 1'001);
    }

    void piecesHaveTheirOwnNotice()
    {
        const CancellationPolicy p = policy({{24, 10'000, 0, {}}});
        const Purchase b = bought(p, {{1, 10'000, kStart}, {1, 20'000, kStart + kHour * 48}}, 30'000);
        QCOMPARE(cancelPrice(b, kStart - kHour).refundMinor, 20'000);
        QCOMPARE(cancelPrice(b, kStart - kHour).refundBps, 0); // of the first
    }

    void fixedFees()
    {
        const CancellationPolicy p = policy({{48, 10'000, 0, {}}, {0, 10'000, 3'000, u"KRW"_s}});
        const Purchase b = bought(p, {{1, 10'000, kStart}, {1, 10'000, kStart}}, 20'000);
        QCOMPARE(cancelPrice(b, kStart - kHour * 50).refundMinor, 20'000);
        QCOMPARE(cancelPrice(b, kStart - kHour).refundMinor, 17'000); // once, not per piece
        Purchase cheap = bought(p, {{1, 2'000, kStart}}, 2'000);
        QCOMPARE(cancelPrice(cheap, kStart - kHour).refundMinor, 0); // never less than nothing
        cheap.currency = u"USD"_s;
        QCOMPARE(cancelPrice(cheap, kStart - kHour).refundMinor, 2'000); // a fee in won is none in dollars
    }

    void whatWasNotPaidIsNotRefunded()
    {
        const CancellationPolicy p = policy({{24, 5'000, 0, {}}});
        const CancelPrice none = cancelPrice(bought(p, {{1, 10'000, kStart}}, 0), kStart - kHour * 30);
        QCOMPARE(none.refundMinor, 0);
        QCOMPARE(none.feeMinor, 0);
        QCOMPARE(none.refundOfPriceMinor, 5'000);
        const CancelPrice part = cancelPrice(bought(p, {{1, 10'000, kStart}}, 6'000), kStart - kHour * 30);
        QCOMPARE(part.feeMinor, 5'000); // the fee first
        QCOMPARE(part.refundMinor, 1'000);
    }

    void stepsOfTheTimeline()
    {
        const CancellationPolicy p = policy({{72, 10'000, 0, {}}, {24, 5'000, 0, {}}});
        const Instant now = kStart - kHour * 30;
        const auto steps = refundSteps(bought(p, {{1, 10'000, kStart}}, 10'000), now);
        QCOMPARE(steps.size(), std::size_t(3));
        QCOMPARE(steps[0].from, std::nullopt);
        QCOMPARE(steps[0].refundMinor, 10'000);
        QCOMPARE(steps[1].from, std::optional(kStart - kHour * 72 + Millis(1)));
        QCOMPARE(steps[1].refundMinor, 5'000);
        QVERIFY(!steps[0].current && steps[1].current && !steps[2].current);
        QCOMPARE(steps[2].refundMinor, 0);
        const auto plain = refundSteps(bought(policy({}), {{1, 10'000, kStart}}, 10'000), now);
        QCOMPARE(plain.size(), std::size_t(1));
        QVERIFY(plain.front().current);
    }

    void noShowFees()
    {
        CancellationPolicy p = policy({});
        p.noShowFeeBps = 3'333;
        const std::vector<PricedPiece> pieces{{1, 10'000, kStart}, {3, 5'000, kStart}};
        QCOMPARE(noShowFee(p, pieces), 3'333 + 5'000);
    }

    // The refund never grows as time passes, fee and refund are what was paid, and the timeline says the same as the price.
    void alwaysHolds()
    {
        std::mt19937_64 random(7);
        int falls = 0;
        for (int round = 0; round < 3'000; ++round) {
            const CancellationPolicy p = policy(madeUp(random));
            QVERIFY2(!faultOf(p.tiers), qPrintable(faultOf(p.tiers) ? faultOf(p.tiers)->message : QString()));
            const Purchase b = madeUpPurchase(p, random);
            const std::vector<RefundStep> steps = refundSteps(b, kStart);
            std::vector<Instant> moments;
            for (int i = 0; i < 20; ++i)
                moments.push_back(kStart - kHour * 600 + Millis(static_cast<std::int64_t>(random() % 3'000'000'000ULL)));
            for (const RefundStep& s : steps)
                if (s.from)
                    moments.insert(moments.end(), {*s.from, *s.from - Millis(1), *s.from + Millis(1)});
            std::sort(moments.begin(), moments.end());
            std::int64_t before = b.paidMinor;
            for (const Instant now : moments) {
                const CancelPrice price = cancelPrice(b, now);
                QCOMPARE(price.feeMinor + price.refundMinor, b.paidMinor);
                QVERIFY(price.refundMinor >= 0 && price.feeMinor >= 0);
                QVERIFY2(price.refundMinor <= before, "the refund grew");
                falls += price.refundMinor < before;
                before = price.refundMinor;
                const RefundStep* holds = nullptr;
                for (const RefundStep& s : steps)
                    if (!s.from || *s.from <= now)
                        holds = &s;
                QCOMPARE(holds->refundMinor, price.refundMinor);
                QCOMPARE(holds->refundOfPriceMinor, price.refundOfPriceMinor);
            }
            QCOMPARE(std::count_if(steps.begin(), steps.end(), [](const RefundStep& s) { return s.current; }), 1);
        }
        QVERIFY(falls > 1'000); // the property was put to the test
    }

    // Tiers that would make waiting pay are refused; and the property above would have caught them.
    void faultyTiers()
    {
        QCOMPARE(faultOf({{24, 5'000, 0, {}}, {48, 3'000, 0, {}}})->field, u"/tiers/0/refund_bps"_s);
        QCOMPARE(faultOf({{24, 5'000, 0, {}}, {24, 3'000, 0, {}}})->field, u"/tiers/1/min_hours_before"_s);
        QCOMPARE(faultOf({{48, 5'000, 900, u"KRW"_s}, {24, 3'000, 0, {}}})->field, u"/tiers/1/fee_minor"_s);
        QCOMPARE(faultOf({{48, 5'000, 900, {}}})->field, u"/tiers/0/currency"_s);
        QCOMPARE(faultOf({{48, 5'000, 900, u"krw"_s}})->field, u"/tiers/0/currency"_s);
        QCOMPARE(faultOf({{48, 5'000, 900, u"KRW"_s}, {24, 3'000, 901, u"USD"_s}})->field, u"/tiers/1/currency"_s);
        QVERIFY(!faultOf({}));
        const CancellationPolicy bad = policy({{48, 3'000, 0, {}}, {24, 5'000, 0, {}}});
        const Purchase b = bought(bad, {{1, 10'000, kStart}}, 10'000);
        QVERIFY(cancelPrice(b, kStart - kHour * 24).refundMinor > cancelPrice(b, kStart - kHour * 48).refundMinor);
    }
};

QTEST_GUILESS_MAIN(tst_CancellationPrice)
#include "tst_CancellationPrice.moc"
