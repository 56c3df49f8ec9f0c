// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// Limits per customer and kept seats in the pure decision, as properties on generated batches; each is also run on a wrong decision.
#include "server/engine/Decide.h"

#include <QRegularExpression>
#include <QTest>
#include <functional>
#include <map>
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
using Decider = std::function<Decision(const Case&)>;
using Have = std::map<std::pair<CustomerId, std::size_t>, std::int64_t>;

Decision right(const Case& c) { return decide(c.rows, c.asks, kNow, kTtl); }

Case generated(unsigned seed)
{
    std::mt19937 random(seed);
    const auto upTo = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n + 1)); };
    Case c;
    const int rowCount = 1 + upTo(4);
    std::size_t group = 0;
    for (int i = 0; i < rowCount; ++i) {
        StockRow r;
        r.item = ItemId{Id128::make(i + 1, 1, static_cast<std::uint64_t>(i))};
        r.onHand = upTo(12);
        r.kept = upTo(4) == 0;
        if (upTo(2) != 0) {
            r.limit = 1 + upTo(4);
            r.limitGroup = i > 0 && c.rows.back().limit && upTo(1) ? group : ++group;
            if (i > 0 && c.rows.back().limit && r.limitGroup == c.rows.back().limitGroup)
                r.limit = c.rows.back().limit; // one product, one limit
        }
        c.rows.push_back(r);
    }
    Have before;
    const int askCount = upTo(20);
    for (int i = 0; i < askCount; ++i) {
        Ask a;
        a.customer = CustomerId{Id128::make(7, 7, static_cast<std::uint64_t>(upTo(3)))};
        for (std::size_t row = 0; row < c.rows.size(); ++row) {
            if (upTo(2) != 0 && !(a.lines.empty() && row + 1 == c.rows.size()))
                continue;
            AskLine line{row, 1 + upTo(2)};
            if (c.rows[row].limit)
                line.already = before.try_emplace({a.customer, c.rows[row].limitGroup}, upTo(2)).first->second;
            a.lines.push_back(line);
        }
        c.asks.push_back(std::move(a));
    }
    return c;
}

// What a grant makes of a customer's share; false: it is over a limit.
bool add(const Case& c, const Ask& a, Have& have)
{
    bool within = true;
    for (const AskLine& line : a.lines) {
        const StockRow& row = c.rows[line.row];
        if (row.limit)
            have.try_emplace({a.customer, row.limitGroup}, line.already).first->second += line.qty;
    }
    for (const AskLine& line : a.lines)
        if (c.rows[line.row].limit)
            within = within && have[{a.customer, c.rows[line.row].limitGroup}] <= *c.rows[line.row].limit;
    return within;
}

QString neverOverTheLimit(const Case& c, const Decider& f)
{
    const Decision d = f(c);
    Have have;
    for (std::size_t i = 0; i < c.asks.size(); ++i)
        if (d.outcomes[i].granted && !add(c, c.asks[i], have))
            return u"request %1 takes its customer over the limit"_s.arg(i);
    return {};
}

QString refusedOnlyWhenOver(const Case& c, const Decider& f)
{
    const Decision d = f(c);
    Have have;
    for (std::size_t i = 0; i < c.asks.size(); ++i) {
        Have tried = have;
        const bool within = add(c, c.asks[i], tried);
        if (!d.outcomes[i].granted && d.outcomes[i].why == Refusal::LimitPerCustomer && within)
            return u"request %1 was refused within the limit"_s.arg(i);
        if (d.outcomes[i].granted)
            have = tried;
    }
    return {};
}

QString keptSeatsStay(const Case& c, const Decider& f)
{
    const Decision d = f(c);
    for (std::size_t i = 0; i < c.asks.size(); ++i) {
        for (const AskLine& line : c.asks[i].lines) {
            if (c.rows[line.row].kept && d.outcomes[i].granted)
                return u"request %1 takes kept seats"_s.arg(i);
        }
        const Outcome& o = d.outcomes[i];
        if (!o.granted && o.why == Refusal::SoldOut && c.rows[o.row].kept && c.rows[o.row].onHand >= c.asks[i].lines.front().qty && c.asks[i].lines.size() == 1)
            return u"request %1 is told sold out while seats are kept"_s.arg(i);
    }
    return {};
}

// Without limits and kept seats the decision is what it was.
QString nothingElseChanges(const Case& c, const Decider& f)
{
    Case plain = c;
    for (StockRow& r : plain.rows) {
        r.limit.reset();
        r.kept = false;
    }
    Case bare = plain;
    for (Ask& a : bare.asks) {
        a.customer = {};
        for (AskLine& line : a.lines)
            line.already = 0;
    }
    return f(plain).outcomes == right(bare).outcomes ? QString() : u"a customer without limits is treated differently"_s;
}

using Property = QString (*)(const Case&, const Decider&);

QString firstViolation(Property p, const Decider& f, unsigned seeds = 4000)
{
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const QString wrong = p(generated(seed), f);
        if (!wrong.isEmpty())
            return u"seed %1: %2"_s.arg(seed).arg(wrong);
    }
    return {};
}

Decision forgetsTheBatch(const Case& c) // each request against what was before the batch only
{
    Decision d = right(c);
    for (std::size_t i = 0; i < c.asks.size(); ++i)
        d.outcomes[i] = decide(c.rows, std::span(&c.asks[i], 1), kNow, kTtl).outcomes.front();
    return d;
}
Decision limitsEverybody(const Case& c)
{
    Case one = c;
    for (Ask& a : one.asks)
        a.customer = {};
    return right(one);
}
Decision sellsKept(const Case& c)
{
    Case open = c;
    for (StockRow& r : open.rows)
        r.kept = false;
    return right(open);
}
Decision refusesStrangers(const Case& c)
{
    Decision d = right(c);
    for (std::size_t i = 0; i < c.asks.size(); ++i)
        if (!c.asks[i].customer.isNull())
            d.outcomes[i] = Outcome{};
    return d;
}

} // namespace

class tst_DecideLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void properties_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("never over the limit") << 0;
        QTest::newRow("refused only when over") << 1;
        QTest::newRow("kept seats stay") << 2;
        QTest::newRow("nothing else changes") << 3;
    }
    void properties()
    {
        QFETCH(int, which);
        static const std::pair<Property, Decider> cases[] = {
            {&neverOverTheLimit, &forgetsTheBatch}, {&refusedOnlyWhenOver, &limitsEverybody}, {&keptSeatsStay, &sellsKept}, {&nothingElseChanges, &refusesStrangers}};
        const auto& [property, wrong] = cases[which];
        QCOMPARE(firstViolation(property, &right), QString());
        QVERIFY2(!firstViolation(property, wrong).isEmpty(), "the property does not notice a wrong decision");
    }

    void keptSeatsAreHeldByOthers()
    {
        StockRow row;
        row.onHand = 3;
        row.kept = true;
        Ask two;
        two.lines = {{0, 2}};
        const Outcome o = right({{row}, {two}}).outcomes.front();
        QVERIFY(!o.granted);
        QCOMPARE(o.why, Refusal::HeldByOthers);
        QVERIFY(!o.soonestExpiry);
        two.lines = {{0, 4}};
        QCOMPARE(right({{row}, {two}}).outcomes.front().why, Refusal::SoldOut);
    }
};

QTEST_APPLESS_MAIN(tst_DecideLimits)
#include "tst_DecideLimits.moc"
