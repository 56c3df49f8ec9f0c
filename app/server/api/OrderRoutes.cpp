// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"
#include "server/api/Server.h"
#include "server/domain/Orders.h"
#include "server/domain/VendorOrders.h"

// Orders and the vendor orders they are split into.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxLimit = 500;

std::optional<VendorId> queryVendor(const Request& r)
{
    const auto it = r.query.find("vendor_id");
    if (it == r.query.end() || it->second.empty())
        return std::nullopt;
    const auto id = VendorId::parse(std::string_view(it->second));
    if (!id)
        throw ProblemError(400, "query-invalid", u"vendor_id must be an identifier"_s);
    return id;
}

bool queryFlag(const Request& r, const char* name)
{
    const auto it = r.query.find(name);
    if (it == r.query.end() || it->second.empty() || it->second == "false" || it->second == "0")
        return false;
    if (it->second != "true" && it->second != "1")
        throw ProblemError(400, "query-invalid", u"%1 must be true or false"_s.arg(QString::fromLatin1(name)));
    return true;
}

// Orders -------------------------------------------------------------------------------------------------------

void postOrder(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const QString key = (r.principal ? r.principal->userId.toString() : QString()) + u':' + QString::fromStdString(r.header("idempotency-key"));
        const Order o = createOrder(txn, viewOf(r, txn.now()), bodyOf<NewOrder>(r), key);
        Response response = versioned(201, o, o.version);
        response.headers.emplace_back("Location", "/v1/orders/" + o.id.toString().toStdString());
        return response;
    });
}

void getOrders(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"status", "after", "limit"});
        return jsonResponse(200,
            listOrders(db, viewOf(r, s.clock.now()), queryEnum<OrderStatus>(r, "status"), queryText(r, "after", 1000), queryInt(r, "limit", 50, 1, kMaxLimit)));
    });
}

void getOrder(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const auto o = orderById(db, viewOf(r, s.clock.now()), idParam<OrderId>(r));
        if (!o)
            notFound();
        return versioned(200, *o, o->version);
    });
}

void postPayment(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Order o = reportPayment(txn, viewOf(r, txn.now()), idParam<OrderId>(r), bodyOf<PaymentReport>(r));
        return versioned(200, o, o.version);
    });
}

void postOrderCancellation(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Order o = cancelOrder(txn, viewOf(r, txn.now()), idParam<OrderId>(r), bodyOf<ReasonRequest>(r).reason);
        return versioned(200, o, o.version);
    });
}

// Vendor orders ------------------------------------------------------------------------------------------------

void getVendorOrders(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"status", "vendor_id", "q", "sort", "open", "after", "limit"});
        VendorOrderQuery q;
        q.status = queryEnum<VendorOrderStatus>(r, "status");
        q.vendorId = queryVendor(r);
        q.text = queryText(r, "q");
        q.sort = queryText(r, "sort");
        q.openOnly = queryFlag(r, "open");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", 200, 1, kMaxLimit);
        return jsonResponse(200, listVendorOrders(db, viewOf(r, s.clock.now()), q));
    });
}

void getVendorOrderCounts(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"vendor_id", "q"});
        Page<StatusCount> page;
        page.items = countVendorOrders(db, viewOf(r, s.clock.now()), queryVendor(r), queryText(r, "q"));
        page.total = static_cast<int>(page.items.size());
        return jsonResponse(200, page);
    });
}

void getVendorOrder(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const auto d = vendorOrderDetail(db, viewOf(r, s.clock.now()), idParam<VendorOrderId>(r));
        if (!d)
            notFound();
        return versioned(200, *d, d->card.version);
    });
}

void postVendorOrderTransition(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const VendorOrderDetail d = moveVendorOrder(txn, viewOf(r, txn.now()), idParam<VendorOrderId>(r), ifMatch(r), bodyOf<VendorOrderMove>(r));
        return versioned(200, d, d.card.version);
    });
}

} // namespace

std::vector<Route> orderRoutes()
{
    return {
        {"POST", "/v1/orders", "order.create", OpClass::W, postOrder},
        {"GET", "/v1/orders", "order.read", OpClass::R, getOrders},
        {"GET", "/v1/orders/{id}", "order.read", OpClass::R, getOrder},
        {"POST", "/v1/orders/{id}/payments", "order.create", OpClass::W, postPayment},
        {"POST", "/v1/orders/{id}/cancellation", "order.create", OpClass::W, postOrderCancellation},
        {"GET", "/v1/vendor-orders", "order.read", OpClass::R, getVendorOrders},
        {"GET", "/v1/vendor-orders/counts", "order.read", OpClass::R, getVendorOrderCounts},
        {"GET", "/v1/vendor-orders/{id}", "order.read", OpClass::R, getVendorOrder},
        {"POST", "/v1/vendor-orders/{id}/transitions", "order.handle", OpClass::W, postVendorOrderTransition},
    };
}

} // namespace naru::server
