// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit/models/common/Mailbox.h"

namespace naru::test {

// Products in memory; a new price makes a new offer, and old versions are refused, as on the server.
class FakeCatalogue final : public backend::CatalogueService {
public:
    explicit FakeCatalogue(Mailbox& mail) : m_mail(mail) {}

    std::vector<ProductDetail> details;
    std::optional<Error> failReads;
    std::optional<Error> failWrites;
    std::vector<ProductQuery> asked;
    int writes = 0;

    ProductDetail* find(ProductId id)
    {
        const auto at = std::find_if(details.begin(), details.end(), [&id](const auto& d) { return d.summary.id == id; });
        return at == details.end() ? nullptr : &*at;
    }
    backend::CallId products(const ProductQuery& q, backend::Reply<naru::Page<ProductSummary>> reply) override
    {
        asked.push_back(q);
        if (failReads)
            return m_mail.post<naru::Page<ProductSummary>>(std::move(reply), *failReads);
        std::vector<ProductSummary> all;
        for (const ProductDetail& d : details)
            if ((!q.kind || *q.kind == d.summary.kind) && (!q.status || *q.status == d.summary.status) && (q.text.isEmpty() || d.summary.title.contains(q.text)))
                all.push_back(d.summary);
        if (q.sort == u"code")
            std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
        naru::Page<ProductSummary> page;
        const std::size_t from = q.after.isEmpty() ? 0 : q.after.toULong();
        const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(q.limit));
        page.items.assign(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
        if (to < all.size())
            page.next = QString::number(to);
        page.total = static_cast<int>(all.size());
        return m_mail.post<naru::Page<ProductSummary>>(std::move(reply), page);
    }
    backend::CallId product(ProductId id, backend::Reply<ProductDetail> reply) override
    {
        const ProductDetail* d = find(id);
        return m_mail.post<ProductDetail>(std::move(reply), d ? Result<ProductDetail>(*d) : fault(ErrorKind::NotFound, u"not-found"_s, 404));
    }
    backend::CallId patchProduct(ProductId id, std::int64_t version, const ProductPatch& patch, backend::Reply<ProductDetail> reply) override
    {
        ++writes;
        ProductDetail* d = find(id);
        if (failWrites)
            return m_mail.post<ProductDetail>(std::move(reply), *failWrites);
        if (d->summary.version != version)
            return m_mail.post<ProductDetail>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
        if (patch.brand)
            d->brand = *patch.brand;
        for (ProductText& text : d->texts) {
            if (text.lang == u"ko" && patch.titleKo)
                text.title = d->summary.title = *patch.titleKo;
            if (text.lang == u"en" && patch.titleEn)
                text.title = *patch.titleEn;
        }
        ++d->summary.version;
        return m_mail.post<ProductDetail>(std::move(reply), *d);
    }
    backend::CallId moveProduct(ProductId id, std::int64_t, ProductStatus to, const QString&, backend::Reply<ProductDetail> reply) override
    {
        if (failWrites)
            return m_mail.post<ProductDetail>(std::move(reply), *failWrites);
        ProductDetail* d = find(id);
        d->summary.status = to;
        ++d->summary.version;
        return m_mail.post<ProductDetail>(std::move(reply), *d);
    }
    backend::CallId patchOffer(OfferId id, std::int64_t version, const OfferPatch& patch, backend::Reply<Offer> reply) override
    {
        ++writes;
        if (failWrites)
            return m_mail.post<Offer>(std::move(reply), *failWrites);
        for (ProductDetail& d : details)
            for (Variant& v : d.variants)
                if (v.offer && v.offer->id == id) {
                    if (v.offer->version != version)
                        break;
                    if (patch.priceMinor) { // as the server: a new price is a new offer
                        v.offer->price.minor = *patch.priceMinor;
                        v.offer->id = idOf<OfferTag>(++m_offers);
                        v.offer->version = 0;
                    }
                    if (patch.listPriceMinor)
                        v.offer->listPriceMinor = patch.listPriceMinor;
                    v.offer->onSale = patch.onSale.value_or(v.offer->onSale);
                    v.offer->purchasable = patch.purchasable.value_or(v.offer->purchasable);
                    ++v.offer->version;
                    ++d.summary.version;
                    return m_mail.post<Offer>(std::move(reply), *v.offer);
                }
        return m_mail.post<Offer>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
    }
    backend::CallId changeStock(ItemId id, std::int64_t version, const StockChange& change, backend::Reply<StockLevel> reply) override
    {
        ++writes;
        for (ProductDetail& d : details)
            for (Variant& v : d.variants)
                for (StockLevel& level : v.stock)
                    if (level.id == id && level.version == version) {
                        level.onHand += change.delta;
                        ++level.version;
                        return m_mail.post<StockLevel>(std::move(reply), level);
                    }
        return m_mail.post<StockLevel>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
    }
    backend::CallId vendors(backend::Reply<naru::Page<Vendor>> reply) override { return m_mail.post<naru::Page<Vendor>>(std::move(reply), naru::Page<Vendor>{}); }

private:
    Mailbox& m_mail;
    int m_offers = 90'000;
};

} // namespace naru::test
