// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/SlotRuleFields.h"
#include "protocol/StockLedgerFields.h"
#include "support/TestServer.h"

#include <QTest>

// What the routes of slot rules, capacity and the stock doctor promise; `Test` calls and judges.
namespace naru::test {

using namespace Qt::StringLiterals;

template <class Test> void slotRulesAsPromised(Test& test, TestServer& server)
{
    const SmallData& d = server.data();
    auto yacht = server.signedIn(u"yacht"_s);
    NewSlotRule wanted;
    wanted.productId = d.yacht;
    wanted.rrule = u"FREQ=MONTHLY;BYDAY=1SA,-1SA"_s;
    wanted.tz = u"Asia/Seoul"_s;
    wanted.startLocal = u"06:00"_s;
    wanted.capacity = 4;
    wanted.validFrom = u"2026-01-01"_s;
    QCOMPARE(test.send(yacht, "POST", "/v1/slot-rules/preview", {}, RulePreviewAsk{{}, wanted}).status, 200);
    const Answer made = test.send(yacht, "POST", "/v1/slot-rules", {}, wanted);
    QCOMPARE(made.status, 201);
    const std::string id = made.as<SlotRule>().id.toString().toStdString();
    test.call(yacht, "GET", "/v1/slot-rules", {}, "?ended=1");
    test.call(yacht, "GET", "/v1/slot-rules/{id}", id);
    SlotRulePatch patch;
    patch.capacity = 5;
    QCOMPARE(test.send(yacht, "PATCH", "/v1/slot-rules/{id}", id, patch, 1).status, 200);
    QCOMPARE(test.send(yacht, "PATCH", "/v1/slot-rules/{id}", id, patch, 1).status, 412);
    QCOMPARE(test.send(yacht, "POST", "/v1/slot-rules/{id}/ending", id, SlotRuleEnd{u"test"_s, {}}, 2).status, 200);
    QCOMPARE(test.send(yacht, "POST", "/v1/slot-rules/{id}/ending", id, SlotRuleEnd{u"test"_s, {}}, 3).status, 409);
}

template <class Test> void stockAsPromised(Test& test, TestServer& server)
{
    const SmallData& d = server.data();
    auto yacht = server.signedIn(u"yacht"_s);
    CapacityChange change;
    change.action = CapacityAction::Safety;
    change.value = 1;
    change.reason = u"test"_s;
    change.targets = {CapacityTarget{d.slotItems.at(1), 0}};
    QCOMPARE(test.send(yacht, "POST", "/v1/slots/capacity", {}, change).status, 200);
    QCOMPARE(test.send(yacht, "POST", "/v1/slots/capacity", {}, change).status, 409); // it is 1 by now
    const std::string item = d.slotItems.at(1).toString().toStdString();
    test.call(yacht, "GET", "/v1/stock/{id}/ledger", item, "?limit=1");
    const Answer level = test.call(yacht, "GET", "/v1/stock/{id}", item);
    const auto version = level.as<StockLevel>().version;
    QCOMPARE(test.send(yacht, "POST", "/v1/stock/{id}/repair", item, StockRepair{u"test"_s, {}}, version).status, 409);
    server.write([&](server::Txn& txn) { txn.db().exec(u"UPDATE inventory_item SET on_hand = on_hand + 1 WHERE id = ?"_s, {d.slotItems.at(1)}); });
    const Answer report = test.call(yacht, "GET", "/v1/stock-doctor");
    QCOMPARE(report.as<DoctorReport>().drifted, 1);
    QCOMPARE(test.send(yacht, "POST", "/v1/stock/{id}/repair", item, StockRepair{u"test"_s, {}}, version).status, 200);
    change.value = 0;
    change.targets = {CapacityTarget{d.slotItems.at(1), 1}};
    QCOMPARE(test.send(yacht, "POST", "/v1/slots/capacity", {}, change).status, 200);
}

} // namespace naru::test
