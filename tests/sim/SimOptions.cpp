// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/SimOptions.h"

namespace naru::sim {

using namespace Qt::StringLiterals;

SimOptions SimOptions::draw(Dice& dice)
{
    SimOptions o;
    o.nodes = dice.chance(0.4) ? 2 : 1;
    o.items = dice.between(1, 12);
    o.hotItems = std::min(o.items, dice.between(1, 3));
    o.hotSeats = dice.between(1, 30);
    o.coldSeats = dice.between(5, 100);
    o.burst = dice.between(1, 16);
    o.hot = dice.upTo(1.0);
    o.hold = dice.upTo(1.0);
    o.several = dice.upTo(0.6);
    o.wrongPrice = dice.upTo(0.05);
    o.duplicate = dice.upTo(0.15);
    o.replay = dice.upTo(0.15);
    o.otherBody = dice.upTo(0.05);
    o.lostAnswer = dice.upTo(0.3);
    o.followUp = dice.upTo(0.9);
    o.capacity = dice.upTo(0.08);
    o.sweep = dice.upTo(0.3);
    const auto fault = [&dice](double most) { return dice.chance(0.4) ? 0.0 : dice.upTo(most); };
    o.crash = fault(0.15);
    o.failure = fault(0.2);
    o.poison = fault(0.1);
    o.clockJump = fault(0.03);
    return o;
}

QString SimOptions::text() const
{
    const auto p = [](double v) { return QString::number(v, 'f', 3); };
    return u"nodes %1, items %2 (%3 hot, %4 seats; cold %5), burst %6, hot %7, hold %8, several %9, "_s.arg(nodes)
               .arg(items)
               .arg(hotItems)
               .arg(hotSeats)
               .arg(coldSeats)
               .arg(burst)
               .arg(p(hot), p(hold), p(several))
        + u"wrong price %1, duplicate %2, replay %3, other body %4, lost answer %5, follow-up %6, capacity %7, sweep %8, "_s.arg(
            p(wrongPrice), p(duplicate), p(replay), p(otherBody), p(lostAnswer), p(followUp), p(capacity), p(sweep))
        + u"crash %1, store failure %2, poison %3, clock jump %4"_s.arg(p(crash), p(failure), p(poison), p(clockJump));
}

} // namespace naru::sim
