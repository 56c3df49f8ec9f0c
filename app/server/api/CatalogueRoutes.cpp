// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/CatalogueFields.h"
#include "server/api/Server.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"
#include "server/domain/Slots.h"
#include "server/domain/Stock.h"

// Products, offers, vendors, customers, stock and slots.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxLimit = 500;

template <class AnyId> std::optional<AnyId> queryId(const Request& r, const char* name)
{
    const auto it = r.query.find(name);
    if (it == r.query.end() || it->second.empty())
        return std::nullopt;
    const auto id = AnyId::parse(std::string_view(it->second));
    if (!id)
        throw ProblemError(400, "query-invalid", u"%1 must be an identifier"_s.arg(QString::fromLatin1(name)));
    return id;
}

template <class T> T orNotFound(std::optional<T> found)
{
    if (!found)
        notFound();
    return std::move(*found);
}

Response created(Response response, const char* collection, const Id128& id)
{
    response.headers.emplace_back("Location", std::string(collection) + id.toString().toStdString());
    return response;
}

// Products -----------------------------------------------------------------------------------------------------

void getProducts(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"q", "kind", "status", "vendor_id", "sort", "after", "limit"});
        ProductQuery q;
        q.text = queryText(r, "q");
        q.kind = queryEnum<ProductKind>(r, "kind");
        q.status = queryEnum<ProductStatus>(r, "status");
        q.vendorId = queryId<VendorId>(r, "vendor_id");
        q.sort = queryText(r, "sort");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", 100, 1, kMaxLimit);
        return jsonResponse(200, listProducts(db, viewOf(r, s.clock.now()), q));
    });
}

void postProduct(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const ProductDetail p = createProduct(txn, viewOf(r, txn.now()), bodyOf<NewProduct>(r));
        return created(versioned(201, p, p.summary.version), "/v1/products/", p.summary.id.value);
    });
}

void getProduct(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const ProductDetail p = orNotFound(productDetail(db, viewOf(r, s.clock.now()), idParam<ProductId>(r)));
        return versioned(200, p, p.summary.version);
    });
}

void patchProductRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const ProductDetail p = patchProduct(txn, viewOf(r, txn.now()), idParam<ProductId>(r), ifMatch(r), bodyOf<ProductPatch>(r));
        return versioned(200, p, p.summary.version);
    });
}

void postProductTransition(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const ProductDetail p = moveProduct(txn, viewOf(r, txn.now()), idParam<ProductId>(r), ifMatch(r), bodyOf<ProductMove>(r));
        return versioned(200, p, p.summary.version);
    });
}

void patchOfferRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Offer o = patchOffer(txn, viewOf(r, txn.now()), idParam<OfferId>(r), ifMatch(r), bodyOf<OfferPatch>(r));
        return versioned(200, o, o.version);
    });
}

// Parties ------------------------------------------------------------------------------------------------------

void getVendors(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"after", "limit"});
        return jsonResponse(200, listVendors(db, viewOf(r, s.clock.now()), queryText(r, "after", 1000), queryInt(r, "limit", 200, 1, kMaxLimit)));
    });
}

void postVendor(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Vendor v = createVendor(txn, bodyOf<NewVendor>(r));
        return created(versioned(201, v, v.version), "/v1/vendors/", v.id.value);
    });
}

void getVendor(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const Vendor v = orNotFound(vendorById(db, viewOf(r, s.clock.now()), idParam<VendorId>(r)));
        return versioned(200, v, v.version);
    });
}

void getCustomers(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"external_ref", "after", "limit"});
        return jsonResponse(200, listCustomers(db, queryText(r, "external_ref"), queryText(r, "after", 1000), queryInt(r, "limit", 100, 1, kMaxLimit)));
    });
}

void postCustomer(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Customer c = createCustomer(txn, bodyOf<NewCustomer>(r));
        return versioned(201, c, c.version);
    });
}

// Stock and slots ----------------------------------------------------------------------------------------------

void getStock(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const StockLevel level = orNotFound(stockLevel(db, viewOf(r, s.clock.now()), idParam<ItemId>(r)));
        return versioned(200, level, level.version);
    });
}

void postMovement(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const StockLevel level = changeStock(txn, viewOf(r, txn.now()), idParam<ItemId>(r), ifMatch(r), bodyOf<StockChange>(r));
        return versioned(200, level, level.version);
    });
}

void getSlots(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"product_id", "variant_id", "from", "to", "after", "limit"});
        SlotQuery q;
        q.productId = queryId<ProductId>(r, "product_id");
        q.variantId = queryId<VariantId>(r, "variant_id");
        q.from = queryText(r, "from", 40);
        q.to = queryText(r, "to", 40);
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", 100, 1, kMaxLimit);
        return jsonResponse(200, listSlots(db, viewOf(r, s.clock.now()), q));
    });
}

void postSlot(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Slot slot = createSlot(txn, viewOf(r, txn.now()), bodyOf<NewSlot>(r));
        return versioned(201, slot, slot.version);
    });
}

} // namespace

std::vector<Route> catalogueRoutes()
{
    return {
        {"GET", "/v1/products", "catalog.read", OpClass::R, getProducts},
        {"POST", "/v1/products", "catalog.write", OpClass::W, postProduct},
        {"GET", "/v1/products/{id}", "catalog.read", OpClass::R, getProduct},
        {"PATCH", "/v1/products/{id}", "catalog.write", OpClass::W, patchProductRoute},
        {"POST", "/v1/products/{id}/transitions", "catalog.write", OpClass::W, postProductTransition},
        {"PATCH", "/v1/offers/{id}", "catalog.write", OpClass::W, patchOfferRoute},
        {"GET", "/v1/vendors", "catalog.read", OpClass::R, getVendors},
        {"POST", "/v1/vendors", "vendor.manage", OpClass::W, postVendor},
        {"GET", "/v1/vendors/{id}", "catalog.read", OpClass::R, getVendor},
        {"GET", "/v1/customers", "customer.read", OpClass::R, getCustomers},
        {"POST", "/v1/customers", "customer.write", OpClass::W, postCustomer},
        {"GET", "/v1/stock/{id}", "catalog.read", OpClass::R, getStock},
        {"POST", "/v1/stock/{id}/movements", "stock.write", OpClass::W, postMovement},
        {"GET", "/v1/slots", "catalog.read", OpClass::R, getSlots},
        {"POST", "/v1/slots", "catalog.write", OpClass::W, postSlot},
    };
}

} // namespace naru::server
