// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// The pure decision, held against properties on generated batches. Each property is also run on a wrong decision that it must notice.
#include "server/engine/Decide.h"

#include <QRegularExpression>
#include <QTest>
#include <functional>
#include <random>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

constexpr Millis kTtl{600'000};
const Instant kNow = fromUnixMs(1'772'409'600'000);

struct Case {
    std::vector<StockRow> rows;
    std::vector<Ask> asks;
};

using Decider = std::function<Decision(const std::vector<StockRow>&, const std::vector<Ask>&)>;

Decision right(const std::vector<StockRow>& rows, const std::vector<Ask>& asks) { return decide(rows, asks, kNow, kTtl); }

Case generated(unsigned seed)
{
    std::mt19937 random(seed);
    const auto upTo = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n + 1)); };
    Case c;
    const int rowCount = 1 + upTo(5);
    for (int i = 0; i < rowCount; ++i) {
        StockRow r;
        r.item = ItemId{Id128::make(i + 1, 1, static_cast<std::uint64_t>(i))};
        r.onHand = upTo(12);
        r.allocated = upTo(static_cast<int>(r.onHand));
        r.held = upTo(static_cast<int>(r.onHand - r.allocated));
        r.overbook = upTo(9) == 0 ? 2 : 0;
        r.safety = upTo(9) == 0 ? 1 : 0;
        r.open = upTo(14) != 0;
        if (upTo(9) == 0)
            r.closesAt = kNow + Millis(upTo(2) - 1);
        r.unitPriceMinor = 1000 * upTo(3);
        if (upTo(9) == 0)
            r.maxQty = 2;
        if (r.held > 0)
            r.soonestExpiry = kNow + Millis(1 + upTo(900'000));
        c.rows.push_back(r);
    }
    const int askCount = upTo(24);
    for (int i = 0; i < askCount; ++i) {
        Ask a;
        a.goal = upTo(1) ? TicketGoal::Hold : TicketGoal::Confirm;
        std::vector<std::size_t> order(c.rows.size());
        for (std::size_t n = 0; n < order.size(); ++n)
            order[n] = n;
        std::shuffle(order.begin(), order.end(), random);
        const int lineCount = 1 + upTo(std::min(2, rowCount - 1));
        for (int n = 0; n < lineCount; ++n)
            a.lines.push_back({order[static_cast<std::size_t>(n)], 1 + upTo(3)});
        if (upTo(19) == 0)
            a.expectedTotalMinor = 1000;
        c.asks.push_back(std::move(a));
    }
    return c;
}

std::vector<StockRow> after(std::vector<StockRow> rows, const Decision& d)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].held += d.deltas[i].held;
        rows[i].allocated += d.deltas[i].allocated;
        if (d.deltas[i].held > 0)
            rows[i].soonestExpiry = std::min(rows[i].soonestExpiry.value_or(kNow + kTtl), kNow + kTtl);
    }
    return rows;
}

std::int64_t freeOf(const StockRow& r) { return r.onHand + r.overbook - r.safety - r.allocated - r.held; }

// The properties answer with what is wrong; empty is good.

QString conserves(const Case& c, const Decider& f)
{
    const Decision d = f(c.rows, c.asks);
    std::vector<Delta> sums(c.rows.size());
    for (std::size_t i = 0; i < c.asks.size(); ++i) {
        if (!d.outcomes[i].granted)
            continue;
        for (const AskLine& line : c.asks[i].lines)
            (c.asks[i].goal == TicketGoal::Hold ? sums[line.row].held : sums[line.row].allocated) += line.qty;
    }
    if (sums != d.deltas)
        return u"the counters do not move by what was granted"_s;
    const auto end = after(c.rows, d);
    for (std::size_t i = 0; i < end.size(); ++i)
        if (freeOf(end[i]) < 0 && !(d.deltas[i] == Delta{}))
            return u"row %1 is oversold"_s.arg(i);
    return {};
}

QString allOrNothing(const Case& c, const Decider& f)
{
    const Decision d = f(c.rows, c.asks);
    std::vector<Ask> granted;
    for (std::size_t i = 0; i < c.asks.size(); ++i)
        if (d.outcomes[i].granted)
            granted.push_back(c.asks[i]);
    const Decision again = f(c.rows, granted);
    if (again.deltas != d.deltas)
        return u"a refused request left a trace"_s;
    for (const Outcome& o : again.outcomes)
        if (!o.granted)
            return u"a grant leaned on a refused request"_s;
    return {};
}

// One after the other, each against what the ones before left.
QString inOrder(const Case& c, const Decider& f)
{
    const Decision d = f(c.rows, c.asks);
    std::vector<StockRow> rows = c.rows;
    for (std::size_t i = 0; i < c.asks.size(); ++i) {
        const Decision one = right(rows, {c.asks[i]});
        if (!(one.outcomes.front() == d.outcomes[i]))
            return u"request %1 was not decided in its turn"_s.arg(i);
        rows = after(rows, one);
    }
    return {};
}

QString splitsAnywhere(const Case& c, const Decider& f)
{
    const Decision whole = f(c.rows, c.asks);
    for (std::size_t cut = 0; cut <= c.asks.size(); ++cut) {
        const auto at = c.asks.begin() + static_cast<std::ptrdiff_t>(cut);
        const Decision head = f(c.rows, {c.asks.begin(), at});
        const Decision tail = f(after(c.rows, head), {at, c.asks.end()});
        std::vector<Outcome> both = head.outcomes;
        both.insert(both.end(), tail.outcomes.begin(), tail.outcomes.end());
        if (both != whole.outcomes)
            return u"splitting at %1 changes the outcomes"_s.arg(cut);
    }
    return {};
}

// Requests that share no row may change places.
QString independentOnesCommute(const Case& c, const Decider& f)
{
    const Decision d = f(c.rows, c.asks);
    for (std::size_t i = 0; i + 1 < c.asks.size(); ++i) {
        bool shared = false;
        for (const AskLine& a : c.asks[i].lines)
            for (const AskLine& b : c.asks[i + 1].lines)
                shared = shared || a.row == b.row;
        if (shared)
            continue;
        std::vector<Ask> swapped = c.asks;
        std::swap(swapped[i], swapped[i + 1]);
        Decision e = f(c.rows, swapped);
        std::swap(e.outcomes[i], e.outcomes[i + 1]);
        if (e.outcomes != d.outcomes || e.deltas != d.deltas)
            return u"changing places of %1 and the next changes the outcomes"_s.arg(i);
    }
    return {};
}

using Property = QString (*)(const Case&, const Decider&);

QString firstViolation(Property p, const Decider& f, unsigned seeds = 3000)
{
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const QString wrong = p(generated(seed), f);
        if (!wrong.isEmpty())
            return u"seed %1: %2"_s.arg(seed).arg(wrong);
    }
    return {};
}

// Wrong decisions, one per property.

Decision guardOff(const std::vector<StockRow>& rows, const std::vector<Ask>& asks) { return decide(rows, asks, kNow, kTtl, Guard::Off); }

Decision leavesPieces(const std::vector<StockRow>& rows, const std::vector<Ask>& asks)
{
    Decision d = right(rows, asks);
    for (std::size_t i = 0; i < asks.size(); ++i)
        if (!d.outcomes[i].granted && asks[i].lines.size() > 1 && freeOf(after(rows, d)[asks[i].lines.front().row]) >= asks[i].lines.front().qty)
            d.deltas[asks[i].lines.front().row].held += asks[i].lines.front().qty;
    return d;
}

Decision backwards(const std::vector<StockRow>& rows, const std::vector<Ask>& asks)
{
    Decision d = right(rows, {asks.rbegin(), asks.rend()});
    std::reverse(d.outcomes.begin(), d.outcomes.end());
    return d;
}

// Refuses a whole batch when it wants too much of a row, instead of serving it in turn.
Decision sumsUpFirst(const std::vector<StockRow>& rows, const std::vector<Ask>& asks)
{
    std::vector<std::int64_t> want(rows.size());
    for (const Ask& a : asks)
        for (const AskLine& line : a.lines)
            want[line.row] += line.qty;
    std::vector<StockRow> limited = rows;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (want[i] > freeOf(rows[i]))
            limited[i].open = false;
    return right(limited, asks);
}

Decision onlySoMany(const std::vector<StockRow>& rows, const std::vector<Ask>& asks)
{
    Decision d = right(rows, asks);
    std::size_t granted = 0;
    for (Outcome& o : d.outcomes)
        if (o.granted && ++granted > 3)
            o = Outcome{};
    return d;
}

StockRow row(std::int64_t onHand, std::int64_t held = 0)
{
    StockRow r;
    r.item = ItemId{Id128::make(1, 2, 3)};
    r.onHand = onHand;
    r.held = held;
    r.unitPriceMinor = 45'000;
    if (held > 0)
        r.soonestExpiry = kNow + Millis(90'000);
    return r;
}

Ask ask(std::int64_t qty, TicketGoal goal = TicketGoal::Confirm) { return {goal, {{0, qty}}, {}}; }

} // namespace

class tst_Decide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void properties_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("conservation") << 0;
        QTest::newRow("all or nothing") << 1;
        QTest::newRow("queue order") << 2;
        QTest::newRow("split anywhere") << 3;
        QTest::newRow("independent requests commute") << 4;
    }
    void properties()
    {
        QFETCH(int, which);
        static const std::pair<Property, Decider> cases[] = {
            {&conserves, &guardOff}, {&allOrNothing, &leavesPieces}, {&inOrder, &backwards}, {&splitsAnywhere, &sumsUpFirst}, {&independentOnesCommute, &onlySoMany}};
        const auto& [property, wrong] = cases[which];
        QCOMPARE(firstViolation(property, &right), QString());
        QVERIFY2(!firstViolation(property, wrong).isEmpty(), "the property does not notice a wrong decision");
    }

    void refusalsSayWhy()
    {
        const auto why = [](StockRow r, const Ask& a) { return right({r}, {a}).outcomes.front(); };
        QCOMPARE(why(row(2), ask(3)).why, Refusal::SoldOut);
        const Outcome others = why(row(3, 2), ask(2));
        QCOMPARE(others.why, Refusal::HeldByOthers);
        QCOMPARE(others.soonestExpiry, std::optional(kNow + Millis(90'000)));
        QCOMPARE(why(row(3, 2), ask(4)).why, Refusal::SoldOut); // waiting would not help
        StockRow closed = row(5);
        closed.open = false;
        QCOMPARE(why(closed, ask(1)).why, Refusal::Closed);
        StockRow started = row(5);
        started.closesAt = kNow;
        QCOMPARE(why(started, ask(1)).why, Refusal::CutoffPassed);
        started.closesAt = kNow + Millis(1);
        QVERIFY(why(started, ask(1)).granted);
        StockRow limited = row(5);
        limited.maxQty = 2;
        QCOMPARE(why(limited, ask(3)).why, Refusal::LimitPerCustomer);
        Ask priced = ask(2);
        priced.expectedTotalMinor = 80'000;
        QCOMPARE(why(row(5), priced).why, Refusal::PriceChanged);
        priced.expectedTotalMinor = 90'000;
        QVERIFY(why(row(5), priced).granted);
    }

    void aPieceIsNamed()
    {
        StockRow full = row(1, 1);
        full.item = ItemId{Id128::make(9, 9, 9)};
        const Ask both{TicketGoal::Confirm, {{0, 1}, {1, 1}}, {}};
        const Decision d = right({row(5), full}, {both});
        QCOMPARE(d.outcomes.front().why, Refusal::PieceUnavailable);
        QCOMPARE(d.outcomes.front().row, std::size_t(1));
        QVERIFY(d.outcomes.front().soonestExpiry.has_value());
        QCOMPARE(d.deltas[0], Delta{});
    }

    void aHoldOfTheSameBatchCounts()
    {
        const Decision d = right({row(1)}, {ask(1, TicketGoal::Hold), ask(1)});
        QVERIFY(d.outcomes[0].granted);
        QCOMPARE(d.outcomes[1].why, Refusal::HeldByOthers);
        QCOMPARE(d.outcomes[1].soonestExpiry, std::optional(kNow + kTtl));
    }
};

QTEST_APPLESS_MAIN(tst_Decide)
#include "tst_Decide.moc"
