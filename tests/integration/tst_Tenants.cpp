// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
// A vendor's account on every route: what belongs to another vendor does not exist for it, and nothing it does changes it.
#include "protocol/SecurityFields.h"
#include "protocol/SlotRuleFields.h"
#include "protocol/WaitlistFields.h"
#include "protocol/StockLedgerFields.h"
#include "server/api/Server.h"
#include "protocol/CancellationFields.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/handover/Handover.h"
#include "support/PaidOrder.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <map>
#include <set>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

namespace {

template <class T> std::string text(const T& body)
{
    return json::serialize(protocol::toJson(body));
}

NewSlotRule sunrise(const SmallData& d)
{
    NewSlotRule r;
    r.productId = d.yacht;
    r.rrule = u"FREQ=WEEKLY"_s;
    r.tz = u"Asia/Seoul"_s;
    r.startLocal = u"06:00"_s;
    r.capacity = 4;
    r.validFrom = u"2026-01-05"_s;
    return r;
}

template <class AnyId> std::string str(const AnyId& id)
{
    return id.toString().toStdString();
}

} // namespace

class tst_Tenants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void foreignThingsDoNotExist_data();
    void foreignThingsDoNotExist();
    void listsHoldOnlyTheOwn_data();
    void listsHoldOnlyTheOwn();
    void nothingIsMadeForOthers();
    void everyRouteIsCovered();

private:
    struct Thing {
        QString owner; // login
        QStringList foreign; // logins
        std::string id;
        std::int64_t version = 1;
    };
    const Thing& thingOf(const std::string& path) const;
    std::string bodyOf(const std::string& method, const std::string& path) const;
    std::int64_t trace();
    WaitlistEntry waitingEntry(RestSession& store);
    void makeSecurityThings();

    std::unique_ptr<TestServer> m_server;
    std::map<std::string, Thing> m_things; // by the path's first two segments
    std::set<std::string> m_walked;
};

void tst_Tenants::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<TestServer>();
    const SmallData& d = m_server->data();
    auto store = m_server->signedIn(u"store1"_s);
    NewOrder order;
    order.customerId = d.customer;
    order.channel = u"web"_s;
    order.currency = u"KRW"_s;
    order.lines = {NewOrderLine{d.teaOffers.at(0), 1}};
    const Order o = store.post("/v1/orders", order).as<Order>();
    const Answer paid = store.post("/v1/orders/" + str(o.id) + "/payments", PaymentReport{u"pay"_s, u"ref"_s, o.totalMinor});
    QVERIFY2(paid.ok(), qPrintable(paid.text()));
    const VendorOrderCard card = paid.as<Order>().vendorOrders.at(0);
    NewTicket ticket;
    ticket.customerId = d.customer;
    ticket.lines = {TicketLine{d.slotItems.at(0), 1}};
    const Ticket confirmed = store.post("/v1/tickets", ticket).as<Ticket>();
    QVERIFY(confirmed.reservationId);
    ticket.goal = TicketGoal::Hold;
    const Ticket held = store.post("/v1/tickets", ticket).as<Ticket>();
    QVERIFY(held.holdId);

    const Answer ruled = m_server->signedIn(u"yacht"_s).post("/v1/slot-rules", sunrise(d));
    QVERIFY2(ruled.status == 201, qPrintable(ruled.text()));

    const QStringList toTea{u"yacht"_s};
    const QStringList toYacht{u"tea"_s, u"teamember"_s};
    m_things["/v1/products"] = {u"tea"_s, toTea, str(d.tea)};
    m_things["/v1/offers"] = {u"tea"_s, toTea, str(d.teaOffers.at(0))};
    m_things["/v1/vendors"] = {u"tea"_s, toTea, str(d.teaVendor)};
    m_things["/v1/stock"] = {u"tea"_s, toTea, str(d.teaStock.at(0))};
    m_things["/v1/slot-rules"] = {u"yacht"_s, toYacht, str(ruled.as<SlotRule>().id)};
    m_things["/v1/orders"] = {u"tea"_s, toTea, str(o.id)};
    m_things["/v1/vendor-orders"] = {u"tea"_s, toTea, str(card.id), card.version};
    m_things["/v1/tickets"] = {u"yacht"_s, toYacht, str(held.id), held.version};
    m_things["/v1/waitlist"] = {u"yacht"_s, toYacht, str(waitingEntry(store).id)};
    const Instant now = m_server->time().now();
    const Answer opened = m_server->signedIn(u"yacht"_s).post("/v1/openings", NewOpening{d.yacht, d.slotItems.at(1), now, now + std::chrono::hours(48)});
    QVERIFY2(opened.status == 201, qPrintable(opened.text()));
    m_things["/v1/openings"] = {u"yacht"_s, toYacht, str(opened.as<Opening>().id)};
    m_things["/v1/holds"] = {u"yacht"_s, toYacht, str(*held.holdId)};
    // No vendor's: policies are read by all, refunds are the operator's.
    auto staff = m_server->signedIn(u"staff1"_s);
    const auto policy = staff.post("/v1/cancellation-policies", NewPolicy{u"flexible"_s, 0, 0, {}}).as<CancellationPolicy>();
    m_things["/v1/cancellation-policies"] = {u"tea"_s, {}, str(policy.id)};
    ticket.goal = TicketGoal::Confirm;
    const Ticket paidFor = store.post("/v1/tickets", ticket).as<Ticket>();
    m_server->write([&](server::Txn& txn) { payFor(txn, *paidFor.reservationId, 45'000); });
    CancelRequest goodwill;
    goodwill.refundMinor = 100;
    QCOMPARE(staff.post("/v1/reservations/" + str(*paidFor.reservationId) + "/cancellation", goodwill, {RestSession::ifMatch(2)}).status, 200);
    m_things["/v1/refunds"] = {u"staff1"_s, {u"tea"_s, u"yacht"_s}, str(staff.get("/v1/refunds").as<Page<Refund>>().items.at(0).id)};
    m_things["/v1/products/{id}/cancellation-policy"] = {u"yacht"_s, toYacht, str(d.yacht)}; // goods have none
    m_things["/v1/reservations"] = {u"yacht"_s, toYacht, str(*confirmed.reservationId)};
    makeSecurityThings();
}

// A member of the tea vendor: his sessions, their conflict, his device and account.
void tst_Tenants::makeSecurityThings()
{
    const QStringList foreign{u"yacht"_s};
    const SessionId old = m_server->signedIn(u"teamember"_s).tokens().sid;
    auto member = m_server->signedIn(u"teamember"_s);
    ConflictId conflict;
    UserId user;
    m_server->write([&](server::Txn& txn) {
        user = txn.db().one(u"SELECT id FROM user_account WHERE login = 'teamember'"_s)->id<UserId>(0);
        server::NewConflict c;
        c.user = user;
        c.oldSid = old;
        c.newSid = member.tokens().sid;
        conflict = server::openConflict(txn, c);
    });
    m_things["/v1/sessions"] = {u"teamember"_s, {u"yacht"_s, u"tea"_s}, str(old)};
    m_things["/v1/devices"] = {u"teamember"_s, foreign, str(member.get("/v1/devices").as<Page<Device>>().items.at(0).id)};
    m_things["/v1/admin/sessions/{id}/end"] = {u"tea"_s, foreign, str(member.tokens().sid)};
    for (const char* path : {"/v1/admin/users/{id}", "/v1/admin/users/{id}/lock", "/v1/admin/users/{id}/devices"})
        m_things[path] = {u"tea"_s, foreign, str(user)};
    m_server->write([&](server::Txn& txn) {
        txn.db().exec(u"INSERT INTO draft_handover (sid, user_id, drafts, sealed, at, expires_at) VALUES (?, ?, 1, 'c2VhbGVk', ?, ?)"_s, {old, user, txn.now(), txn.now() + server::kHandoverKept});
    });
    m_things["/v1/session/handover/{id}"] = {u"teamember"_s, {u"yacht"_s, u"tea"_s}, str(old)};
    m_things["/v1/admin/vendors/{id}/reinstatement"] = {u"tea"_s, foreign, str(m_server->data().teaVendor)};
    m_things["/v1/session-conflicts"] = {u"tea"_s, foreign, str(conflict)};
}

// Somebody waits for the yacht's last slot, which is full.
WaitlistEntry tst_Tenants::waitingEntry(RestSession& store)
{
    const SmallData& d = m_server->data();
    const ItemId slot = d.slotItems.at(2);
    NewTicket all;
    all.customerId = d.customer;
    all.lines = {TicketLine{slot, m_server->signedIn(u"staff1"_s).get("/v1/stock/" + str(slot)).as<StockLevel>().onHand}};
    store.post("/v1/tickets", all);
    return store.post("/v1/waitlist", NewWaitlistEntry{slot, d.customer, 1}).as<WaitlistEntry>();
}

const tst_Tenants::Thing& tst_Tenants::thingOf(const std::string& path) const
{
    const std::size_t end = path.find('/', 4);
    const auto exact = m_things.find(path);
    const auto it = exact != m_things.end() ? exact : m_things.find(path.substr(0, end));
    if (it == m_things.end())
        qFatal("no thing for %s: add one", path.c_str());
    return it->second;
}

// A body that would do, were it the caller's own.
std::string tst_Tenants::bodyOf(const std::string& method, const std::string& path) const
{
    if (method == "GET" || path.find("/confirmation") != std::string::npos || path.find("/acceptance") != std::string::npos)
        return {};
    if (path == "/v1/products/{id}") {
        ProductPatch p;
        p.brand = u"stolen"_s;
        return text(p);
    }
    if (path == "/v1/offers/{id}") {
        OfferPatch p;
        p.priceMinor = 1;
        return text(p);
    }
    if (path == "/v1/session-conflicts/{id}/take")
        return "{}";
    if (path == "/v1/session-conflicts/{id}/decisions")
        return text(ConflictVerdict{ConflictDecision::EndNew, 1, {}});
    if (path == "/v1/admin/users/{id}/lock")
        return text(protocol::LockRequest{true, u"test"_s});
    if (path == "/v1/devices/{id}")
        return text(DevicePatch{{}, DeviceStatus::Suspended, {}});
    if (path == "/v1/devices/{id}/approvals")
        return text(DeviceApproval{});
    if (path == "/v1/devices/{id}/posture")
        return text(PostureReport{});
    if (path == "/v1/products/{id}/transitions")
        return text(ProductMove{ProductStatus::Paused, u"test"_s});
    if (path == "/v1/stock/{id}/movements")
        return text(StockChange{u"adjusted"_s, -1, u"test"_s});
    if (path == "/v1/stock/{id}/repair")
        return text(StockRepair{u"test"_s, {}});
    if (path == "/v1/slot-rules/{id}") {
        SlotRulePatch p;
        p.capacity = 1;
        return text(p);
    }
    if (path == "/v1/orders/{id}/payments")
        return text(PaymentReport{u"pay"_s, u"ref-2"_s, 1});
    if (path == "/v1/vendor-orders/{id}/transitions")
        return text(VendorOrderMove{VendorOrderStatus::Accepted, {}, {}, {}});
    if (path == "/v1/reservations/{id}/move")
        return text(MoveRequest{{TicketLine{m_server->data().slotItems.at(1), 1}}, {}, {}});
    if (path == "/v1/products/{id}/cancellation-policy")
        return text(PolicyChoice{u"standard"_s});
    if (path == "/v1/products/{id}/booking-terms")
        return text(BookingTermsPatch{1, LimitScope::Slot, 30});
    if (path == "/v1/holds/{id}/extension")
        return text(HoldExtension{60});
    return text(ReasonRequest{u"test"_s});
}

std::int64_t tst_Tenants::trace()
{
    return m_server->query(u"SELECT (SELECT COUNT(*) FROM state_transition) + (SELECT COUNT(*) FROM audit_event WHERE action NOT LIKE 'auth.%')"
                           " + (SELECT COUNT(*) FROM idempotency) + (SELECT COALESCE(SUM(version), 0) FROM product)"_s)
        .front()
        .integer(0);
}

void tst_Tenants::foreignThingsDoNotExist_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("stepUp");
    for (const server::Route& r : server::allRoutes()) {
        if (std::string_view(r.pattern).find("{id}") != std::string_view::npos)
            QTest::addRow("%s %s", r.method, r.pattern) << QString::fromLatin1(r.method) << QString::fromLatin1(r.pattern) << QString::fromLatin1(r.scope) << r.stepUp;
    }
}

void tst_Tenants::foreignThingsDoNotExist()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, scope);
    QFETCH(bool, stepUp);
    const std::string pattern = path.toStdString();
    m_walked.insert(method.toStdString() + ' ' + pattern);
    const Thing& thing = thingOf(pattern);
    const std::string at = std::string(pattern).replace(pattern.find("{id}"), 4, thing.id);
    const std::int64_t before = trace();
    for (const QString& login : thing.foreign) {
        auto who = m_server->signedIn(login);
        if (stepUp)
            QVERIFY(who.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok());
        const Answer a = who.call(method.toStdString(), at, bodyOf(method.toStdString(), pattern), {RestSession::ifMatch(thing.version)});
        if (who.tokens().scope.split(u' ').contains(scope)) {
            QVERIFY2(a.status == 404 && a.code() == u"not-found"_s, qPrintable(login + u": "_s + a.text()));
            // Word for word what a thing that never was is answered with.
            const std::string nowhere = std::string(pattern).replace(pattern.find("{id}"), 4, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
            const Answer none = who.call(method.toStdString(), nowhere, bodyOf(method.toStdString(), pattern), {RestSession::ifMatch(thing.version)});
            QCOMPARE(none.status, 404);
            QCOMPARE(QString::fromStdString(std::string(a.json().at("detail").as_string())), QString::fromStdString(std::string(none.json().at("detail").as_string())));
        } else {
            QVERIFY2(a.status == 403 && a.code() == u"scope-missing"_s, qPrintable(login + u": "_s + a.text()));
        }
    }
    QCOMPARE(trace(), before);
    if (method == u"GET"_s) { // the owner sees it: it is the token that decides
        auto owner = m_server->signedIn(thing.owner);
        const Answer a = owner.get(path.endsWith(u"/move-quote"_s) ? at + "?lines=" + str(m_server->data().slotItems.at(1)) + ":1" : at);
        QVERIFY2(a.status == 200, qPrintable(a.text()));
    }
}

void tst_Tenants::listsHoldOnlyTheOwn_data()
{
    QTest::addColumn<QString>("path");
    for (const server::Route& r : server::allRoutes()) {
        const std::string_view p = r.pattern;
        if (std::string_view(r.method) == "GET" && p.substr(0, 4) == "/v1/" && p.find("{id}") == std::string_view::npos && r.scope && p != "/v1/session" && p != "/v1/events")
            QTest::addRow("%s", r.pattern) << QString::fromLatin1(r.pattern);
    }
}

void tst_Tenants::listsHoldOnlyTheOwn()
{
    QFETCH(QString, path);
    m_walked.insert("GET " + path.toStdString());
    const SmallData& d = m_server->data();
    const std::string search = path == u"/v1/search"_s ? "?q=1" : "";
    const struct {
        QString login;
        VendorId foreign;
        std::string foreignCode;
    } sides[] = {{u"yacht"_s, d.teaVendor, "NAMSAN"}, {u"tea"_s, d.yachtVendor, "HANGANG"}, {u"teamember"_s, d.yachtVendor, "HANGANG"}};
    for (const auto& side : sides) {
        auto who = m_server->signedIn(side.login);
        const Answer a = who.get(path.toStdString() + search);
        if (a.status == 403) {
            QCOMPARE(a.code(), u"scope-missing"_s);
            continue;
        }
        QVERIFY2(a.status == 200, qPrintable(side.login + u": "_s + a.text()));
        QVERIFY2(a.body.find(str(side.foreign)) == std::string::npos, qPrintable(a.text()));
        QVERIFY2(a.body.find(side.foreignCode) == std::string::npos, qPrintable(a.text()));
        for (const auto& thing : m_things) {
            if (thing.second.foreign.contains(side.login))
                QVERIFY2(a.body.find(thing.second.id) == std::string::npos, thing.first.c_str());
        }
        // Asking for the other vendor by name does not help.
        const Answer asked = who.get(path.toStdString() + (search.empty() ? "?" : search + "&") + "vendor_id=" + str(side.foreign));
        QVERIFY2(asked.status == 200 || asked.status == 400 || asked.status == 404, qPrintable(asked.text()));
        QVERIFY2(asked.status != 200 || asked.body.find(str(side.foreign)) == std::string::npos, qPrintable(asked.text()));
    }
}

void tst_Tenants::nothingIsMadeForOthers()
{
    const SmallData& d = m_server->data();
    const std::int64_t before = trace();
    auto yacht = m_server->signedIn(u"yacht"_s);
    NewProduct product;
    product.vendorId = d.teaVendor;
    product.code = u"STOLEN"_s;
    product.kind = ProductKind::Sale;
    product.titleKo = u"남의 상품"_s;
    product.taxClass = u"standard"_s;
    product.currency = u"KRW"_s;
    NewVariant variant;
    variant.sku = u"STOLEN-1"_s;
    product.variants = {variant};
    const Answer made = yacht.post("/v1/products", product);
    QVERIFY2(made.status == 404, qPrintable(made.text()));
    auto tea = m_server->signedIn(u"tea"_s);
    const Answer slot = tea.post("/v1/slots", NewSlot{d.yachtVariant, m_server->time().now() + std::chrono::hours(240), 60, u"Asia/Seoul"_s, 5});
    QVERIFY2(slot.status == 404 || slot.status == 422, qPrintable(slot.text()));
    QCOMPARE(tea.post("/v1/slot-rules", sunrise(d)).status, 422);
    QCOMPARE(tea.post("/v1/slot-rules/preview", RulePreviewAsk{{}, sunrise(d)}).status, 422);
    CapacityChange close;
    close.action = CapacityAction::Close;
    close.targets = {CapacityTarget{d.slotItems.at(0), {}}};
    close.reason = u"test"_s;
    const Answer closed = tea.post("/v1/slots/capacity", close);
    QVERIFY2(closed.status == 404, qPrintable(closed.text()));
    close.targets.clear();
    close.range = SlotRange{d.yacht, {}, u"2026-01-01"_s, u"2099-12-31"_s};
    QCOMPARE(tea.post("/v1/slots/capacity", close).code(), u"no-slots"_s);
    NewTicket ticket;
    ticket.customerId = d.customer;
    ticket.lines = {TicketLine{d.slotItems.at(0), 1}};
    const Answer asked = tea.post("/v1/tickets", ticket);
    QVERIFY2(asked.status == 422, qPrintable(asked.text()));
    ticket.lines.front().itemId = *ItemId::parse(std::string_view("01ARZ3NDEKTSV4RRFFQ69G5FAV")); // one that never was: the same answer
    const Answer nowhere = tea.post("/v1/tickets", ticket);
    QCOMPARE(nowhere.status, 422);
    QCOMPARE(nowhere.json().at("errors"), asked.json().at("errors"));
    const Answer several = tea.postText("/v1/tickets/batch", "{\"tickets\":[" + text(ticket) + "]}");
    QCOMPARE(several.status, 200);
    QCOMPARE(several.json().at("items").at(0).at("problem").at("errors"), asked.json().at("errors"));
    for (const char* path : {"/v1/orders", "/v1/vendors", "/v1/customers", "/v1/admin/revocations"}) {
        const Answer a = tea.postText(path, "{}");
        QCOMPARE(a.status, 403);
        m_walked.insert(std::string("POST ") + path);
    }
    QCOMPARE(tea.post("/v1/waitlist", NewWaitlistEntry{d.slotItems.at(2), d.customer, 1}).status, 422);
    const Instant now = m_server->time().now();
    QCOMPARE(tea.post("/v1/openings", NewOpening{d.yacht, {}, now, now + std::chrono::hours(1)}).status, 422);
    const Answer policy = tea.post("/v1/cancellation-policies", NewPolicy{u"mine"_s, 0, 0, {}});
    QCOMPARE(policy.status, 403);
    QCOMPARE(policy.code(), u"operator-only"_s);
    for (const char* path : {"/v1/products", "/v1/slots", "/v1/slots/capacity", "/v1/slot-rules", "/v1/slot-rules/preview", "/v1/tickets", "/v1/tickets/batch", "/v1/cancellation-policies", "/v1/waitlist", "/v1/openings"})
        m_walked.insert(std::string("POST ") + path);
    QCOMPARE(trace(), before);
}

void tst_Tenants::everyRouteIsCovered()
{
    // The caller's own session and stream (tst_Transport holds the stream to its vendor), and what needs no sign-in.
    const std::set<std::string> own{"GET /v1/session", "POST /v1/session/activity", "POST /v1/session/step-up", "POST /v1/session/drafts", "DELETE /v1/session", "GET /v1/events",
        "POST /v1/credentials/totp", "POST /v1/credentials/totp/verify", "POST /v1/credentials/recovery-codes", "POST /v1/credentials/password"};
    for (const server::Route& r : server::allRoutes()) {
        const std::string id = std::string(r.method) + ' ' + r.pattern;
        if (r.scope && own.count(id) == 0)
            QVERIFY2(m_walked.count(id) > 0, id.c_str());
    }
}

QTEST_GUILESS_MAIN(tst_Tenants)
#include "tst_Tenants.moc"
