// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Orders.h"
#include "core/Page.h"

namespace naru::backend {

// Vendor orders. UI thread.
class OrderService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId vendorOrders(const VendorOrderQuery& query, Reply<Page<VendorOrderCard>> reply) = 0;
    virtual CallId counts(const VendorOrderQuery& query, Reply<std::vector<StatusCount>> reply) = 0;
    virtual CallId vendorOrder(VendorOrderId id, Reply<VendorOrderDetail> reply) = 0;
    // Forbidden "transition-not-allowed" names the rule; Conflict "version-mismatch" when someone was faster.
    virtual CallId move(VendorOrderId id, std::int64_t version, const VendorOrderMove& move, Reply<VendorOrderDetail> reply) = 0;

Q_SIGNALS:
    void vendorOrdersChanged(const std::vector<naru::VendorOrderCard>& cards);
};

} // namespace naru::backend
