// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/WaitlistFields.h"
#include "support/TestServer.h"

#include <QTest>

// What the routes of waiting lists, openings and booking terms promise; `Test` calls and judges.
namespace naru::test {

using namespace Qt::StringLiterals;

template <class Test> void waitlistAsPromised(Test& test, TestServer& server)
{
    const SmallData& d = server.data();
    auto store = server.signedIn(u"store1"_s);
    auto staff = server.signedIn(u"staff1"_s);
    const std::string product = d.yacht.toString().toStdString();
    const Answer terms = test.call(staff, "GET", "/v1/products/{id}/booking-terms", product);
    const auto version = terms.as<BookingTerms>().version;
    QCOMPARE(test.send(staff, "PUT", "/v1/products/{id}/booking-terms", product, BookingTermsPatch{50, LimitScope::Slot, 20}, version).status, 200);
    QCOMPARE(test.send(staff, "PUT", "/v1/products/{id}/booking-terms", product, BookingTermsPatch{}, version).status, 412);
    QCOMPARE(test.send(staff, "PUT", "/v1/products/{id}/booking-terms", product, BookingTermsPatch{}, version + 1).status, 200);

    const ItemId slot = d.slotItems.at(1);
    NewTicket all;
    all.customerId = d.customer;
    all.goal = TicketGoal::Hold;
    const auto seats = test.call(staff, "GET", "/v1/stock/{id}", slot.toString().toStdString()).template as<StockLevel>().onHand;
    all.lines = {TicketLine{slot, seats}};
    const Ticket held = store.post("/v1/tickets", all).as<Ticket>();
    QVERIFY(held.holdId);
    const CustomerId other = staff.post("/v1/customers", NewCustomer{u"ref-wait"_s, u"이대기"_s}).as<Customer>().id;
    QCOMPARE(test.send(store, "POST", "/v1/waitlist", {}, NewWaitlistEntry{d.slotItems.at(0), other, 1}).status, 409);
    const Answer joined = test.send(store, "POST", "/v1/waitlist", {}, NewWaitlistEntry{slot, other, 1});
    QVERIFY2(joined.status == 201, qPrintable(joined.text()));
    const WaitlistEntry first = joined.as<WaitlistEntry>();
    const std::string id = first.id.toString().toStdString();
    test.call(staff, "GET", "/v1/waitlist", {}, "?item_id=" + slot.toString().toStdString() + "&status=waiting");
    test.call(staff, "GET", "/v1/waitlist/slots");
    test.call(staff, "GET", "/v1/waitlist/{id}", id);
    QCOMPARE(test.call(store, "POST", "/v1/waitlist/{id}/acceptance", id, {}, {}, {RestSession::ifMatch(first.version)}).status, 409);
    QCOMPARE(store.post("/v1/tickets/" + held.id.toString().toStdString() + "/cancellation", ReasonRequest{u"test"_s}).status, 200);
    const WaitlistEntry offered = test.call(store, "GET", "/v1/waitlist/{id}", id).template as<WaitlistEntry>();
    QCOMPARE(offered.status, WaitlistStatus::Offered);
    QCOMPARE(test.call(store, "POST", "/v1/waitlist/{id}/acceptance", id, {}, {}, {RestSession::ifMatch(offered.version)}).status, 200);
    all.lines = {TicketLine{slot, seats - 1}};
    QVERIFY(store.post("/v1/tickets", all).as<Ticket>().holdId);
    const WaitlistEntry second = test.send(store, "POST", "/v1/waitlist", {}, NewWaitlistEntry{slot, other, 1}).template as<WaitlistEntry>();
    QCOMPARE(test.send(store, "POST", "/v1/waitlist/{id}/withdrawal", second.id.toString().toStdString(), ReasonRequest{u"test"_s}, second.version).status, 200);

    const Instant now = server.time().now();
    const NewOpening wish{d.yacht, d.slotItems.at(2), now, now + std::chrono::hours(48)};
    const Answer planned = test.send(staff, "POST", "/v1/openings", {}, wish);
    QVERIFY2(planned.status == 201, qPrintable(planned.text()));
    const Opening o = planned.as<Opening>();
    QCOMPARE(test.send(staff, "POST", "/v1/openings", {}, wish).status, 409);
    test.call(staff, "GET", "/v1/openings", {}, "?state=registering");
    test.call(staff, "GET", "/v1/openings/{id}", o.id.toString().toStdString());
    QCOMPARE(test.send(staff, "POST", "/v1/openings/{id}/cancellation", o.id.toString().toStdString(), ReasonRequest{u"test"_s}, o.version).status, 200);
    QCOMPARE(test.send(staff, "POST", "/v1/openings/{id}/cancellation", o.id.toString().toStdString(), ReasonRequest{u"test"_s}, o.version + 1).status, 409);
}

} // namespace naru::test
