// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CancellationPrice.h"

#include <algorithm>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Millis notice(const CancellationTier& tier) { return std::chrono::hours(tier.minHoursBefore); }

bool isCurrencyCode(const QString& s)
{
    return s.size() == 3 && std::all_of(s.begin(), s.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

} // namespace

Instant Purchase::startsAt() const
{
    return std::min_element(pieces.begin(), pieces.end(), [](const PricedPiece& a, const PricedPiece& b) { return a.startsAt < b.startsAt; })->startsAt;
}

std::int64_t Purchase::totalMinor() const
{
    std::int64_t total = 0;
    for (const PricedPiece& piece : pieces)
        total += piece.priceMinor();
    return total;
}

const CancellationTier* tierAt(const CancellationPolicy& policy, Instant startsAt, Instant now)
{
    const CancellationTier* best = nullptr;
    for (const CancellationTier& tier : policy.tiers)
        if (startsAt - now >= notice(tier) && (!best || tier.minHoursBefore > best->minHoursBefore))
            best = &tier;
    return best;
}

CancelPrice cancelPrice(const Purchase& purchase, Instant now)
{
    CancelPrice out;
    for (const PricedPiece& piece : purchase.pieces)
        if (const CancellationTier* tier = tierAt(*purchase.policy, piece.startsAt, now))
            out.refundOfPriceMinor += basisPoints(piece.priceMinor(), tier->refundBps);
    const CancellationTier* first = tierAt(*purchase.policy, purchase.startsAt(), now);
    if (first)
        out.refundBps = first->refundBps;
    // Once the first piece has begun, the fee of the shortest notice goes on.
    const auto last = std::min_element(purchase.policy->tiers.begin(), purchase.policy->tiers.end(),
        [](const CancellationTier& a, const CancellationTier& b) { return a.minHoursBefore < b.minHoursBefore; });
    const CancellationTier* feeOf = first ? first : last != purchase.policy->tiers.end() ? &*last : nullptr;
    if (feeOf && feeOf->currency == purchase.currency)
        out.refundOfPriceMinor = std::max<std::int64_t>(0, out.refundOfPriceMinor - feeOf->feeMinor);
    out.feeMinor = std::min(purchase.paidMinor, purchase.totalMinor() - out.refundOfPriceMinor);
    out.refundMinor = purchase.paidMinor - out.feeMinor;
    return out;
}

std::vector<RefundStep> refundSteps(const Purchase& purchase, Instant now)
{
    std::vector<Instant> edges;
    for (const PricedPiece& piece : purchase.pieces)
        for (const CancellationTier& tier : purchase.policy->tiers)
            edges.push_back(piece.startsAt - notice(tier) + Millis(1)); // at the edge itself the tier still holds
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

    const auto stepAt = [&](std::optional<Instant> from) {
        const CancelPrice price = cancelPrice(purchase, from.value_or(edges.empty() ? now : edges.front() - Millis(1)));
        RefundStep step;
        step.from = from;
        step.refundBps = price.refundBps;
        step.refundOfPriceMinor = price.refundOfPriceMinor;
        step.refundMinor = price.refundMinor;
        return step;
    };
    std::vector<RefundStep> steps{stepAt(std::nullopt)};
    for (const Instant edge : edges) {
        RefundStep step = stepAt(edge);
        const RefundStep& before = steps.back();
        if (step.refundBps != before.refundBps || step.refundOfPriceMinor != before.refundOfPriceMinor || step.refundMinor != before.refundMinor)
            steps.push_back(step);
    }
    const auto next = std::find_if(steps.begin() + 1, steps.end(), [now](const RefundStep& s) { return *s.from > now; });
    (next - 1)->current = true;
    return steps;
}

std::int64_t noShowFee(const CancellationPolicy& policy, std::span<const PricedPiece> pieces)
{
    std::int64_t fee = 0;
    for (const PricedPiece& piece : pieces)
        fee += basisPoints(piece.priceMinor(), policy.noShowFeeBps);
    return fee;
}

std::optional<TierFault> faultOf(const std::vector<CancellationTier>& tiers)
{
    std::vector<std::size_t> order(tiers.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return tiers[a].minHoursBefore > tiers[b].minHoursBefore; });
    const auto at = [](std::size_t i, QStringView member) { return u"/tiers/%1/%2"_s.arg(i).arg(member); };
    for (std::size_t n = 0; n < order.size(); ++n) {
        const CancellationTier& tier = tiers[order[n]];
        if ((tier.feeMinor != 0 || !tier.currency.isEmpty()) && !isCurrencyCode(tier.currency))
            return TierFault{at(order[n], u"currency"), u"a fixed fee needs the currency it is in: three upper-case letters"_s};
        if (n == 0)
            continue;
        const CancellationTier& longer = tiers[order[n - 1]];
        if (tier.minHoursBefore == longer.minHoursBefore)
            return TierFault{at(order[n], u"min_hours_before"), u"two tiers begin at the same hour"_s};
        if (tier.refundBps > longer.refundBps)
            return TierFault{at(order[n], u"refund_bps"), u"a shorter notice must not bring back more than a longer one"_s};
        if (tier.feeMinor < longer.feeMinor)
            return TierFault{at(order[n], u"fee_minor"), u"a shorter notice must not cost less than a longer one"_s};
        if (tier.currency != longer.currency && tier.feeMinor != 0 && longer.feeMinor != 0)
            return TierFault{at(order[n], u"currency"), u"all fixed fees of a policy are in one currency"_s};
    }
    return std::nullopt;
}

} // namespace naru::server
