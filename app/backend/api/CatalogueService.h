// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Catalogue.h"
#include "core/Page.h"

namespace naru::backend {

// Products, offers, stock, vendors. UI thread. Writes answer Conflict (code "version-mismatch") when `version` is old.
class CatalogueService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId products(const ProductQuery& query, Reply<Page<ProductSummary>> reply) = 0;
    virtual CallId product(ProductId id, Reply<ProductDetail> reply) = 0;
    virtual CallId patchProduct(ProductId id, std::int64_t version, const ProductPatch& patch, Reply<ProductDetail> reply) = 0;
    virtual CallId moveProduct(ProductId id, std::int64_t version, ProductStatus to, const QString& reason, Reply<ProductDetail> reply) = 0;
    virtual CallId patchOffer(OfferId id, std::int64_t version, const OfferPatch& patch, Reply<Offer> reply) = 0;
    virtual CallId changeStock(ItemId id, std::int64_t version, const StockChange& change, Reply<StockLevel> reply) = 0;
    virtual CallId vendors(Reply<Page<Vendor>> reply) = 0;

Q_SIGNALS:
    // Live changes, folded per key and at most every 50 ms.
    void productsChanged(const std::vector<naru::ProductSummary>& products);
    void stockChanged(const std::vector<naru::StockLevel>& levels);
    void vendorsChanged(const std::vector<naru::Vendor>& vendors);
};

} // namespace naru::backend
