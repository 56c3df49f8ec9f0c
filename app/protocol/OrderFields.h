// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Orders.h"
#include "protocol/CatalogueFields.h"

// Wire form of core/Orders.h.
namespace naru::protocol {

template <class V> void fields(V& v, NewOrderLine& x)
{
    v("offer_id", x.offerId);
    v("qty", x.qty, kQty);
    v("expected_unit_price_minor", x.expectedUnitPriceMinor, kAmount);
    v.opt("discount_bps", x.discountBps, Bounds{0, 10'000});
}

template <class V> void fields(V& v, NewOrder& x)
{
    v("customer_id", x.customerId);
    v("channel", x.channel, Bounds{1, 32});
    v("currency", x.currency, kCurrency);
    v.opt("shipping_minor", x.shippingMinor, kAmount);
    v("lines", x.lines, Bounds{1, 200});
}

template <class V> void fields(V& v, OrderLine& x)
{
    v("id", x.id);
    v("line_no", x.lineNo);
    v("vendor_id", x.vendorId);
    v("vendor_order_id", x.vendorOrderId);
    v("offer_id", x.offerId);
    v("variant_id", x.variantId);
    v("sku", x.sku);
    v("title", x.title);
    v("qty", x.qty);
    v("cancelled_qty", x.cancelledQty);
    v("shipped_qty", x.shippedQty);
    v("returned_qty", x.returnedQty);
    v("unit_price_minor", x.unitPriceMinor);
    v("discount_minor", x.discountMinor);
    v("total_minor", x.totalMinor);
}

template <class V> void fields(V& v, VendorOrderCard& x)
{
    v("id", x.id);
    v("code", x.code);
    v("order_id", x.orderId);
    v("order_code", x.orderCode);
    v("vendor_id", x.vendorId);
    v("vendor_name", x.vendorName);
    v("customer_name", x.customerName);
    v("status", x.status);
    v("title", x.title);
    v("line_count", x.lineCount);
    v("piece_count", x.pieceCount);
    v("total", x.total);
    v("payment", x.payment);
    v("accept_due_at", x.acceptDueAt);
    v("ship_due_at", x.shipDueAt);
    v("placed_at", x.placedAt);
    v("updated_at", x.updatedAt);
    v("carrier", x.carrier);
    v("tracking_no", x.trackingNo);
    v("version", x.version);
}

template <class V> void fields(V& v, VendorOrderDetail& x)
{
    v("card", x.card);
    v("lines", x.lines);
    v("history", x.history);
    v("allowed_next", x.allowedNext);
    v("authorised_minor", x.authorisedMinor);
    v("captured_minor", x.capturedMinor);
}

template <class V> void fields(V& v, Order& x)
{
    v("id", x.id);
    v("code", x.code);
    v("customer_id", x.customerId);
    v("channel", x.channel);
    v("currency", x.currency);
    v("status", x.status);
    v("items_minor", x.itemsMinor);
    v("discount_minor", x.discountMinor);
    v("shipping_minor", x.shippingMinor);
    v("total_minor", x.totalMinor);
    v("lines", x.lines);
    v("vendor_orders", x.vendorOrders);
    v("hold_expires_at", x.holdExpiresAt);
    v("created_at", x.createdAt);
    v("placed_at", x.placedAt);
    v("version", x.version);
}

template <class V> void fields(V& v, PaymentReport& x)
{
    v("provider", x.provider, Bounds{1, 32});
    v("provider_ref", x.providerRef, Bounds{1, 100});
    v("authorised_minor", x.authorisedMinor, kAmount);
}

template <class V> void fields(V& v, VendorOrderMove& x)
{
    v("to", x.to);
    v.opt("reason", x.reason, Bounds{0, 500});
    v.opt("carrier", x.carrier, Bounds{0, 64});
    v.opt("tracking_no", x.trackingNo, Bounds{0, 64});
}

template <class V> void fields(V& v, StatusCount& x)
{
    v("status", x.status);
    v("count", x.count);
}

} // namespace naru::protocol
