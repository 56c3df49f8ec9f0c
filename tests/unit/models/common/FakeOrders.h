// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit/models/common/Mailbox.h"

namespace naru::test {

// Vendor orders in memory, answering as the server does where the board can tell the difference.
class FakeOrders final : public backend::OrderService {
public:
    explicit FakeOrders(Mailbox& mail) : m_mail(mail) {}

    std::vector<VendorOrderCard> cards;
    std::optional<Error> failReads;
    std::optional<Error> failMoves;
    std::vector<VendorOrderQuery> asked;
    std::vector<std::pair<VendorOrderId, VendorOrderMove>> moves;
    std::int64_t shippingFee = 0; // of each order's total
    std::vector<VendorOrderStatus> allowed{VendorOrderStatus::Accepted, VendorOrderStatus::Refused};

    VendorOrderCard* find(VendorOrderId id)
    {
        const auto at = std::find_if(cards.begin(), cards.end(), [&id](const auto& c) { return c.id == id; });
        return at == cards.end() ? nullptr : &*at;
    }
    backend::CallId vendorOrders(const VendorOrderQuery& q, backend::Reply<naru::Page<VendorOrderCard>> reply) override
    {
        asked.push_back(q);
        if (failReads)
            return m_mail.post<naru::Page<VendorOrderCard>>(std::move(reply), *failReads);
        std::vector<VendorOrderCard> all;
        for (const VendorOrderCard& c : cards)
            if ((!q.status || *q.status == c.status) && (q.text.isEmpty() || c.code.contains(q.text) || c.title.contains(q.text)))
                all.push_back(c);
        naru::Page<VendorOrderCard> page;
        const std::size_t from = q.after.isEmpty() ? 0 : q.after.toULong();
        const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(q.limit));
        page.items.assign(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
        if (to < all.size())
            page.next = QString::number(to);
        page.total = static_cast<int>(all.size());
        return m_mail.post<naru::Page<VendorOrderCard>>(std::move(reply), page);
    }
    backend::CallId counts(const VendorOrderQuery&, backend::Reply<std::vector<StatusCount>> reply) override
    {
        const auto count = [this](VendorOrderStatus s) { return static_cast<int>(std::count_if(cards.begin(), cards.end(), [s](const auto& c) { return c.status == s; })); };
        using S = VendorOrderStatus;
        return m_mail.post<std::vector<StatusCount>>(std::move(reply), std::vector<StatusCount>{{u"awaiting_acceptance"_s, count(S::AwaitingAcceptance)},
            {u"accepted"_s, count(S::Accepted)}, {u"preparing"_s, count(S::Preparing)}, {u"shipped"_s, count(S::Shipped)}, {u"delivered"_s, count(S::Delivered)}});
    }
    VendorOrderDetail detailOf(const VendorOrderCard& card) const
    {
        VendorOrderDetail d;
        d.card = card;
        for (int i = 0; i < card.lineCount; ++i) {
            OrderLine line;
            line.id = idOf<OrderLineTag>(i + 1);
            line.lineNo = i + 1;
            line.title = i == 0 ? card.title : u"우전 녹차 80g"_s;
            line.qty = i + 1;
            line.totalMinor = (card.total.minor - shippingFee) / card.lineCount;
            d.lines.push_back(line);
        }
        const Instant t = card.placedAt;
        d.history = {{u"draft"_s, u"pending_payment"_s, u"시스템"_s, u"S"_s, {}, t - Millis(60'000)}, {u"pending_payment"_s, u"placed"_s, u"시스템"_s, u"S"_s, {}, t},
            {{}, u"awaiting_acceptance"_s, u"시스템"_s, u"S"_s, {}, t}};
        d.allowedNext = allowed;
        d.authorisedMinor = card.total.minor;
        return d;
    }
    backend::CallId vendorOrder(VendorOrderId id, backend::Reply<VendorOrderDetail> reply) override
    {
        const VendorOrderCard* card = find(id);
        return m_mail.post<VendorOrderDetail>(std::move(reply), card ? Result<VendorOrderDetail>(detailOf(*card)) : fault(ErrorKind::NotFound, u"not-found"_s, 404));
    }
    backend::CallId move(VendorOrderId id, std::int64_t version, const VendorOrderMove& move, backend::Reply<VendorOrderDetail> reply) override
    {
        moves.emplace_back(id, move);
        VendorOrderCard* card = find(id);
        if (failMoves)
            return m_mail.post<VendorOrderDetail>(std::move(reply), *failMoves);
        if (!card || card->version != version)
            return m_mail.post<VendorOrderDetail>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
        card->status = move.to;
        card->version += 1;
        card->carrier = move.carrier;
        card->trackingNo = move.trackingNo;
        return m_mail.post<VendorOrderDetail>(std::move(reply), detailOf(*card));
    }

private:
    Mailbox& m_mail;
};

} // namespace naru::test
