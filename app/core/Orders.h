// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

// Value types of orders. An order of a customer is split into one vendor order per vendor. Plain values, any thread.
namespace naru {

struct NewOrderLine {
    OfferId offerId;
    std::int64_t qty = 1;
    std::optional<std::int64_t> expectedUnitPriceMinor; // price_changed when the offer says otherwise
    int discountBps = 0; // granted by the channel; rounds half up per line
};

struct NewOrder {
    CustomerId customerId;
    QString channel;
    QString currency;
    std::int64_t shippingMinor = 0;
    std::vector<NewOrderLine> lines;
};

struct OrderLine {
    OrderLineId id;
    int lineNo = 0;
    VendorId vendorId;
    std::optional<VendorOrderId> vendorOrderId;
    OfferId offerId;
    VariantId variantId;
    QString sku;
    QString title; // as bought
    std::int64_t qty = 0;
    std::int64_t cancelledQty = 0;
    std::int64_t shippedQty = 0;
    std::int64_t returnedQty = 0;
    std::int64_t unitPriceMinor = 0;
    std::int64_t discountMinor = 0;
    std::int64_t totalMinor = 0;
    friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

// A vendor order as card and table row.
struct VendorOrderCard {
    VendorOrderId id;
    QString code;
    OrderId orderId;
    QString orderCode;
    VendorId vendorId;
    QString vendorName;
    QString customerName; // masked for roles without customer.contact.read
    VendorOrderStatus status = VendorOrderStatus::AwaitingAcceptance;
    QString title; // title of the first line
    int lineCount = 0;
    std::int64_t pieceCount = 0;
    Money total;
    PaymentStatus payment = PaymentStatus::Created;
    std::optional<Instant> acceptDueAt;
    std::optional<Instant> shipDueAt;
    Instant placedAt{};
    Instant updatedAt{};
    QString carrier;
    QString trackingNo;
    std::int64_t version = 0;
    friend bool operator==(const VendorOrderCard&, const VendorOrderCard&) = default;
};

struct VendorOrderDetail {
    VendorOrderCard card;
    std::vector<OrderLine> lines;
    std::vector<TransitionEntry> history; // oldest first, of the order and this vendor order
    std::vector<VendorOrderStatus> allowedNext; // for the asking role
    std::int64_t authorisedMinor = 0;
    std::int64_t capturedMinor = 0;
    friend bool operator==(const VendorOrderDetail&, const VendorOrderDetail&) = default;
};

struct Order {
    OrderId id;
    QString code;
    CustomerId customerId;
    QString channel;
    QString currency;
    OrderStatus status = OrderStatus::Draft;
    std::int64_t itemsMinor = 0;
    std::int64_t discountMinor = 0;
    std::int64_t shippingMinor = 0;
    std::int64_t totalMinor = 0;
    std::vector<OrderLine> lines;
    std::vector<VendorOrderCard> vendorOrders; // empty until placed
    std::optional<Instant> holdExpiresAt;
    Instant createdAt{};
    std::optional<Instant> placedAt;
    std::int64_t version = 0;
};

// A payment as the channel's provider reports it; providerRef makes the report unique.
struct PaymentReport {
    QString provider;
    QString providerRef;
    std::int64_t authorisedMinor = 0;
};

// A move of a vendor order; guarded by If-Match.
struct VendorOrderMove {
    VendorOrderStatus to = VendorOrderStatus::Accepted;
    QString reason;
    QString carrier; // for shipped
    QString trackingNo;
};

struct VendorOrderQuery {
    std::optional<VendorOrderStatus> status;
    std::optional<VendorId> vendorId;
    QString text; // code, order code, customer, title
    QString sort; // "deadline" (default), "placed", "amount"
    QString after;
    int limit = 200;
    bool openOnly = false; // everything but closed, refused, cancelled
};

struct StatusCount {
    QString status; // wire name
    int count = 0;
    friend bool operator==(const StatusCount&, const StatusCount&) = default;
};

} // namespace naru
