// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/StockLedgerFields.h"
#include "server/api/Server.h"
#include "server/domain/StockDoctor.h"
#include "server/domain/StockLedger.h"

// The rows behind a stock figure, and the stock doctor; levels and movements are in CatalogueRoutes.cpp. They name customers and
// people, so they need the scope of those who look after stock.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

void getLedger(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"after", "limit"});
        const auto page = stockLedger(db, viewOf(r, s.clock.now()), idParam<ItemId>(r), queryText(r, "after", 1000), queryInt(r, "limit", 100, 1, 500));
        if (!page)
            notFound();
        return jsonResponse(200, *page);
    });
}

void getDoctor(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {});
        return jsonResponse(200, examineStock(db, viewOf(r, s.clock.now())));
    });
}

void postRepair(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const StockLevel level = repairStock(txn, viewOf(r, txn.now()), idParam<ItemId>(r), ifMatch(r), bodyOf<StockRepair>(r));
        return versioned(200, level, level.version);
    });
}

} // namespace

std::vector<Route> stockRoutes()
{
    return {
        {"GET", "/v1/stock/{id}/ledger", "stock.write", OpClass::R, getLedger},
        {"GET", "/v1/stock-doctor", "stock.write", OpClass::R, getDoctor},
        {"POST", "/v1/stock/{id}/repair", "stock.write", OpClass::W, postRepair},
    };
}

} // namespace naru::server
