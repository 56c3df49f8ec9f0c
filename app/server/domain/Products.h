// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/domain/View.h"

// Products with their variants and offers. Reads: any connection; writes: writer thread, each change with its audit and
// outbox rows.
namespace naru::server {

// Offers of this channel are good for every channel of sale.
inline constexpr char kDefaultChannel[] = "default";

// Reads --------------------------------------------------------------------------------------------------------
Page<ProductSummary> listProducts(Connection& db, const View& view, const ProductQuery& query);
std::optional<ProductSummary> productSummary(Connection& db, const View& view, ProductId id);
std::optional<ProductDetail> productDetail(Connection& db, const View& view, ProductId id, const Journal* uncommitted = nullptr);
QString productTitle(Connection& db, ProductId id, const QString& lang); // falls back to Korean, then to any
QString optionText(Connection& db, VariantId id); // "올리브 · M"
std::optional<Offer> offerInForce(Connection& db, VariantId variant, Instant at);
std::optional<Offer> offerById(Connection& db, OfferId id);

// Writes -------------------------------------------------------------------------------------------------------
ProductDetail createProduct(Txn& txn, const View& view, const NewProduct& wanted);
ProductDetail patchProduct(Txn& txn, const View& view, ProductId id, std::int64_t version, const ProductPatch& patch);
ProductDetail moveProduct(Txn& txn, const View& view, ProductId id, std::int64_t version, const ProductMove& move);
// A new price closes the offer and answers the next one; flags change in place.
Offer patchOffer(Txn& txn, const View& view, OfferId id, std::int64_t version, const OfferPatch& patch);

// Publishes product.changed with the row's current version.
void publishProduct(Txn& txn, ProductId id);

} // namespace naru::server
