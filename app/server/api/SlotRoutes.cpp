// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SlotRuleFields.h"
#include "server/api/Server.h"
#include "server/config/Config.h"
#include "server/domain/Capacity.h"
#include "server/domain/SlotRules.h"

// Slot rules and changes of capacity; slots themselves are in CatalogueRoutes.cpp.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxLimit = 500;

void getRules(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"product_id", "ended", "after", "limit"});
        SlotRuleQuery q;
        if (const QString product = queryText(r, "product_id", 26); !product.isEmpty()) {
            q.productId = ProductId::parse(QStringView(product));
            if (!q.productId)
                throw ProblemError(400, "query-invalid", u"product_id must be an identifier"_s);
        }
        q.endedToo = queryInt(r, "ended", 0, 0, 1) == 1;
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", 100, 1, kMaxLimit);
        return jsonResponse(200, listSlotRules(db, viewOf(r, s.clock.now()), q));
    });
}

void getRule(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const auto rule = slotRuleById(db, viewOf(r, s.clock.now()), idParam<SlotRuleId>(r));
        if (!rule)
            notFound();
        return versioned(200, *rule, rule->version);
    });
}

// Changes nothing, so it runs beside the writer; as a POST it has a body.
void postPreview(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        requestKey(r);
        return jsonResponse(200, previewSlotRule(db, viewOf(r, s.clock.now()), bodyOf<RulePreviewAsk>(r), s.config.slotHorizonDays));
    });
}

void postRule(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const SlotRule rule = createSlotRule(txn, viewOf(r, txn.now()), bodyOf<NewSlotRule>(r), s.config.slotHorizonDays);
        Response response = versioned(201, rule, rule.version);
        response.headers.emplace_back("Location", "/v1/slot-rules/" + rule.id.toString().toStdString());
        return response;
    });
}

void patchRule(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const SlotRule rule = patchSlotRule(txn, viewOf(r, txn.now()), idParam<SlotRuleId>(r), ifMatch(r), bodyOf<SlotRulePatch>(r), s.config.slotHorizonDays);
        return versioned(200, rule, rule.version);
    });
}

void postEnding(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const SlotRule rule = endSlotRule(txn, viewOf(r, txn.now()), idParam<SlotRuleId>(r), ifMatch(r), bodyOf<SlotRuleEnd>(r), s.config.slotHorizonDays);
        return versioned(200, rule, rule.version);
    });
}

void postCapacity(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond),
        [](Txn& txn, const Request& r) { return jsonResponse(200, changeCapacity(txn, viewOf(r, txn.now()), bodyOf<CapacityChange>(r))); });
}

} // namespace

std::vector<Route> slotRoutes()
{
    return {
        {"GET", "/v1/slot-rules", "catalog.read", OpClass::R, getRules},
        {"POST", "/v1/slot-rules", "catalog.write", OpClass::W, postRule},
        {"POST", "/v1/slot-rules/preview", "catalog.write", OpClass::W, postPreview},
        {"GET", "/v1/slot-rules/{id}", "catalog.read", OpClass::R, getRule},
        {"PATCH", "/v1/slot-rules/{id}", "catalog.write", OpClass::W, patchRule},
        {"POST", "/v1/slot-rules/{id}/ending", "catalog.write", OpClass::W, postEnding},
        {"POST", "/v1/slots/capacity", "stock.write", OpClass::W, postCapacity},
    };
}

} // namespace naru::server
