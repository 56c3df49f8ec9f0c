// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// The declared group rule, held against properties on generated lists. Each property is also run on a wrong walk that it must notice.
#include "server/engine/WaitlistWalk.h"

#include <QRegularExpression>
#include <QTest>
#include <functional>
#include <random>
#include <set>

using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

struct Case {
    std::vector<WaitingParty> parties;
    std::int64_t free = 0;
    std::int64_t most = 0;
};
using Walker = std::function<WaitlistWalk(const Case&)>;

WaitlistWalk right(const Case& c) { return walkWaitlist(c.parties, c.free, c.most); }

Case generated(unsigned seed)
{
    std::mt19937 random(seed);
    const auto upTo = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n + 1)); };
    Case c;
    c.most = 1 + upTo(9);
    c.free = upTo(static_cast<int>(c.most));
    const int n = upTo(8);
    for (int i = 0; i < n; ++i)
        c.parties.push_back({1 + upTo(static_cast<int>(c.most) + 1), upTo(3)});
    return c;
}

bool in(const std::vector<std::size_t>& list, std::size_t i) { return std::find(list.begin(), list.end(), i) != list.end(); }

std::int64_t seatsOf(const Case& c, const std::vector<std::size_t>& list)
{
    std::int64_t sum = 0;
    for (const std::size_t i : list)
        sum += c.parties[i].size;
    return sum;
}

// The properties answer with what is wrong; empty is good.

QString neverMoreThanFree(const Case& c, const Walker& f)
{
    return seatsOf(c, f(c).offered) > std::max<std::int64_t>(c.free, 0) ? u"more is offered than is free"_s : QString();
}

// Whoever would have fitted when it was its turn got the seats, unless a party before it keeps them.
QString noFittingPartyIsSkipped(const Case& c, const Walker& f)
{
    const WaitlistWalk w = f(c);
    std::int64_t left = c.free;
    bool stopped = false;
    for (std::size_t i = 0; i < c.parties.size(); ++i) {
        const bool fits = c.parties[i].size <= left;
        if (fits && !stopped && !in(w.offered, i))
            return u"party %1 fits and gets nothing"_s.arg(i);
        if (!fits && in(w.offered, i))
            return u"party %1 gets what it does not fit into"_s.arg(i);
        if (in(w.offered, i))
            left -= c.parties[i].size;
        stopped = stopped || (!fits && c.parties[i].passedOver >= kPassesBeforeKeeping && c.parties[i].size <= c.most);
    }
    return {};
}

// A pass is counted exactly where seats went on although the party could fit into the slot at all.
QString passesAreRight(const Case& c, const Walker& f)
{
    const WaitlistWalk w = f(c);
    std::int64_t left = c.free;
    bool stopped = false;
    for (std::size_t i = 0; i < c.parties.size(); ++i) {
        const WaitingParty& p = c.parties[i];
        const bool passed = !stopped && p.size > left && left > 0 && p.size <= c.most && p.passedOver < kPassesBeforeKeeping;
        if (passed != in(w.passed, i))
            return u"the passes of party %1 are wrong"_s.arg(i);
        stopped = stopped || (p.size > left && p.passedOver >= kPassesBeforeKeeping && p.size <= c.most);
        if (in(w.offered, i))
            left -= p.size;
    }
    return {};
}

// Seats are kept exactly when somebody has been passed over three times by now, for the first such; and then not for a party that can
// never fit.
QString keepsForTheFirst(const Case& c, const Walker& f)
{
    const WaitlistWalk w = f(c);
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < c.parties.size() && !first; ++i) {
        const int passes = c.parties[i].passedOver + (in(w.passed, i) ? 1 : 0);
        if (!in(w.offered, i) && passes >= kPassesBeforeKeeping && c.parties[i].size <= c.most)
            first = i;
    }
    return w.keeper == first ? QString() : u"the wrong party keeps the seats"_s;
}

// Walking again at once offers nothing more: nothing is left that fits.
QString settles(const Case& c, const Walker& f)
{
    const WaitlistWalk w = f(c);
    Case after = c;
    after.parties.clear();
    after.free -= seatsOf(c, w.offered);
    for (std::size_t i = 0; i < c.parties.size(); ++i)
        if (!in(w.offered, i))
            after.parties.push_back({c.parties[i].size, c.parties[i].passedOver + (in(w.passed, i) ? 1 : 0)});
    return f(after).offered.empty() ? QString() : u"a second walk still finds somebody"_s;
}

using Property = QString (*)(const Case&, const Walker&);

QString firstViolation(Property p, const Walker& f, unsigned seeds = 5000)
{
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const QString wrong = p(generated(seed), f);
        if (!wrong.isEmpty())
            return u"seed %1: %2"_s.arg(seed).arg(wrong);
    }
    return {};
}

// Wrong walks, one per property.

WaitlistWalk offersToAll(const Case& c)
{
    WaitlistWalk w;
    for (std::size_t i = 0; i < c.parties.size(); ++i)
        w.offered.push_back(i);
    return w;
}
WaitlistWalk onlyTheFirst(const Case& c) // strict order: nobody passes anybody
{
    WaitlistWalk w;
    if (!c.parties.empty() && c.parties.front().size <= c.free)
        w.offered.push_back(0);
    return w;
}
WaitlistWalk countsEverybody(const Case& c)
{
    WaitlistWalk w = right(c);
    w.passed.clear();
    for (std::size_t i = 0; i < c.parties.size(); ++i)
        if (!in(w.offered, i))
            w.passed.push_back(i);
    return w;
}
WaitlistWalk keepsForNobody(const Case& c)
{
    WaitlistWalk w = right(c);
    w.keeper.reset();
    return w;
}
WaitlistWalk smallestFirst(const Case& c) // serves one at a time
{
    WaitlistWalk w = right(c);
    if (w.offered.size() > 1)
        w.offered.resize(1);
    return w;
}

} // namespace

class tst_WaitlistWalk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void properties_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("never more than is free") << 0;
        QTest::newRow("no fitting party is skipped") << 1;
        QTest::newRow("passes are counted right") << 2;
        QTest::newRow("keeps for the first passed over three times") << 3;
        QTest::newRow("settles") << 4;
    }
    void properties()
    {
        QFETCH(int, which);
        static const std::pair<Property, Walker> cases[] = {{&neverMoreThanFree, &offersToAll}, {&noFittingPartyIsSkipped, &onlyTheFirst},
            {&passesAreRight, &countsEverybody}, {&keepsForTheFirst, &keepsForNobody}, {&settles, &smallestFirst}};
        const auto& [property, wrong] = cases[which];
        QCOMPARE(firstViolation(property, &right), QString());
        QVERIFY2(!firstViolation(property, wrong).isEmpty(), "the property does not notice a wrong walk");
    }

    void theThirdPassKeepsWhatIsLeft()
    {
        const WaitlistWalk w = right({{{4, 2}, {2, 0}}, 3, 10});
        QCOMPARE(w.offered, std::vector<std::size_t>{1});
        QCOMPARE(w.passed, std::vector<std::size_t>{0});
        QCOMPARE(w.keeper, std::optional<std::size_t>(0)); // from here on the one seat left is kept
        const WaitlistWalk next = right({{{4, 3}, {1, 0}}, 1, 10});
        QVERIFY(next.offered.empty() && next.passed.empty());
        QCOMPARE(next.keeper, std::optional<std::size_t>(0));
        const WaitlistWalk fits = right({{{4, 3}, {1, 0}}, 5, 10});
        QCOMPARE(fits.offered, (std::vector<std::size_t>{0, 1}));
        QVERIFY(!fits.keeper);
    }

    void aPartyThatCanNeverFitKeepsNobodyWaiting()
    {
        const WaitlistWalk w = right({{{9, 3}, {1, 0}}, 2, 8});
        QCOMPARE(w.offered, std::vector<std::size_t>{1});
        QVERIFY(w.passed.empty() && !w.keeper);
    }
};

QTEST_APPLESS_MAIN(tst_WaitlistWalk)
#include "tst_WaitlistWalk.moc"
