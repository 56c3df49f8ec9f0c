// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"
#include "core/Id.h"
#include "core/Money.h"
#include "core/Time.h"

#include <QString>
#include <optional>
#include <vector>

// Value types of the catalogue and its stock, as the interface shows them. Plain values, any thread.
namespace naru {

struct Vendor {
    VendorId id;
    QString code;
    QString kind; // "operator" (exactly one) or "marketplace"
    QString name;
    VendorStatus status = VendorStatus::Approved;
    QString payoutCurrency;
    QString tz; // IANA name
    int acceptSlaMin = 0;
    int shipSlaMin = 0;
    int openOrders = 0;
    int productCount = 0;
    std::int64_t version = 0;
    friend bool operator==(const Vendor&, const Vendor&) = default;
};

struct NewVendor {
    QString code;
    QString name;
    QString payoutCurrency;
    QString tz;
    int acceptSlaMin = 60;
    int shipSlaMin = 2880;
};

struct Customer {
    CustomerId id;
    QString externalRef;
    QString displayName;
    std::int64_t version = 0;
    friend bool operator==(const Customer&, const Customer&) = default;
};

struct NewCustomer {
    QString externalRef;
    QString displayName;
};

// A stock figure: stock of goods at a location, or the seats of a slot. available = onHand + overbook − safety − allocated − held.
struct StockLevel {
    ItemId id;
    StockKind kind = StockKind::Stock;
    VendorId vendorId;
    ProductId productId;
    VariantId variantId;
    QString locationName;
    std::optional<SlotId> slotId;
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::int64_t overbook = 0;
    std::int64_t safety = 0;
    std::int64_t version = 0;

    std::int64_t available() const { return onHand + overbook - safety - allocated - held; }
    friend bool operator==(const StockLevel&, const StockLevel&) = default;
};

struct Offer {
    OfferId id;
    VariantId variantId;
    QString channel;
    Money price;
    std::optional<std::int64_t> listPriceMinor;
    bool onSale = false;
    bool purchasable = true;
    int minQty = 1;
    std::optional<int> maxQty;
    Instant validFrom{};
    std::optional<Instant> validUntil;
    std::int64_t version = 0;
    friend bool operator==(const Offer&, const Offer&) = default;
};

struct Variant {
    VariantId id;
    QString sku;
    QString optionText; // "올리브 · M"; empty for the one variant of a simple product
    bool enabled = true;
    int position = 0;
    std::optional<Offer> offer; // the offer in force now on the default channel
    std::vector<StockLevel> stock; // goods: per location; reservations: empty (see slots)
    std::int64_t version = 0;
    friend bool operator==(const Variant&, const Variant&) = default;
};

struct ProductText {
    QString lang;
    QString title;
    QString body;
    friend bool operator==(const ProductText&, const ProductText&) = default;
};

// A row of the products list.
struct ProductSummary {
    ProductId id;
    VendorId vendorId;
    QString vendorName;
    QString code;
    ProductKind kind = ProductKind::Sale;
    ProductStatus status = ProductStatus::Draft;
    QString title; // in the language asked for (Accept-Language), Korean first
    QString currency;
    std::int64_t priceMinMinor = 0;
    std::int64_t priceMaxMinor = 0;
    bool onSale = false;
    int variantCount = 0;
    std::int64_t onHand = 0; // goods: over all variants and locations; reservations: over open slots of the next 60 days
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    Instant updatedAt{};
    std::int64_t version = 0;
    friend bool operator==(const ProductSummary&, const ProductSummary&) = default;
};

// One line of a life-cycle timeline or an order's history.
struct TransitionEntry {
    QString fromState; // wire names of the machine at hand
    QString toState;
    QString actorName;
    QString actorRole; // one letter, domain.md: S C V U O A
    QString reason;
    Instant at{};
    friend bool operator==(const TransitionEntry&, const TransitionEntry&) = default;
};

struct ProductDetail {
    ProductSummary summary;
    QString brand;
    QString taxClass;
    std::vector<ProductText> texts;
    std::vector<Variant> variants;
    std::vector<TransitionEntry> history; // newest first, at most 50
    std::vector<ProductStatus> allowedNext; // what the asking role may do now
    friend bool operator==(const ProductDetail&, const ProductDetail&) = default;
};

// Fields a person can change; absent = untouched. Guarded by If-Match on the product.
struct ProductPatch {
    std::optional<QString> titleKo;
    std::optional<QString> titleEn;
    std::optional<QString> bodyKo;
    std::optional<QString> bodyEn;
    std::optional<QString> brand;
};

// Guarded by If-Match on the offer. A new price closes the offer's window and opens the next: history stays.
struct OfferPatch {
    std::optional<std::int64_t> priceMinor;
    std::optional<std::int64_t> listPriceMinor;
    std::optional<bool> onSale;
    std::optional<bool> purchasable;
};

struct NewVariant {
    QString sku;
    std::vector<QString> options; // one value per option group, in order
    std::int64_t priceMinor = 0;
    std::optional<std::int64_t> listPriceMinor;
    std::int64_t stock = 0; // goods: received at the vendor's default location
};

struct NewProduct {
    VendorId vendorId;
    QString code;
    ProductKind kind = ProductKind::Sale;
    QString titleKo;
    QString titleEn;
    QString body;
    QString brand;
    QString taxClass;
    QString currency;
    std::vector<QString> optionGroups;
    std::vector<NewVariant> variants;
    bool activate = false; // staff only: draft → approved → active in one go
};

struct Slot {
    SlotId id;
    ProductId productId;
    VariantId variantId;
    QString title;
    Instant startsAt{};
    Instant endsAt{};
    QString tz;
    QString localDate; // yyyy-MM-dd in tz
    QString localTime; // HH:mm in tz
    SlotStatus status = SlotStatus::Open;
    StockLevel capacity;
    Money price;
    std::int64_t version = 0;
    friend bool operator==(const Slot&, const Slot&) = default;
};

struct NewSlot {
    VariantId variantId;
    Instant startsAt{};
    int durationMin = 60;
    QString tz;
    std::int64_t capacity = 0;
};

// A change of stock with its reason: kind "received" or "adjusted".
struct StockChange {
    QString kind;
    std::int64_t delta = 0;
    QString reason;
};

// A move of a product's life cycle; guarded by If-Match on the product.
struct ProductMove {
    ProductStatus to = ProductStatus::Active;
    QString reason;
};

struct ProductQuery {
    QString text; // matches code, title, sku
    std::optional<ProductKind> kind;
    std::optional<ProductStatus> status;
    std::optional<VendorId> vendorId;
    QString sort; // "updated" (default), "code", "title", "stock"
    QString after; // cursor
    int limit = 100;
};

} // namespace naru
