// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
// The document of the interface against the running server: every route, every member of every type, and what is really answered.
#include "protocol/CancellationFields.h"
#include "integration/OpenApiSecurity.h"
#include "integration/OpenApiSlots.h"
#include "integration/OpenApiWaitlist.h"
#include "protocol/Events.h"
#include "protocol/WaitlistFields.h"
#include "protocol/TicketBatchFields.h"
#include "server/api/OpenApi.h"
#include "server/api/Server.h"
#include "support/InterfaceDocument.h"
#include "support/SchemaVisitor.h"
#include "support/PaidOrder.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

class tst_OpenApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void describesEveryRoute();
    void describesEveryMember();
    void describesEveryWord();
    void servesItself();
    void noticesWhatDiffers();
    void answersAsPromised();
    void refusesAsPromised_data();
    void refusesAsPromised();
    void streamsAsPromised();

public:
    // Calls and judges; `path` with the {id} filled in.
    Answer call(RestSession& who, const std::string& method, const std::string& pattern, const std::string& id = {}, const std::string& query = {},
        const std::string& body = {}, RestSession::Headers headers = {});
    template <class T> Answer send(RestSession& who, const std::string& method, const std::string& pattern, const std::string& id, const T& body,
        std::optional<std::int64_t> version = {})
    {
        RestSession::Headers headers;
        if (version)
            headers.push_back(RestSession::ifMatch(*version));
        return call(who, method, pattern, id, {}, json::serialize(protocol::toJson(body)), headers);
    }

private:
    template <class T> void compare(const char* name);
    template <class E> void compareWords(const char* name);
    void signInAsPromised();
    void catalogueAsPromised();
    void ordersAsPromised();
    void reservationsAsPromised();
    void cancellationsAsPromised();

    InterfaceDocument m_document;
    std::unique_ptr<TestServer> m_server;
    std::set<std::string> m_succeeded;
    QStringList m_faults;
    std::set<QString> m_compared;
};

void tst_OpenApi::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<TestServer>();
}

void tst_OpenApi::describesEveryRoute()
{
    QStringList served;
    for (const server::Route& r : server::allRoutes()) {
        served << QLatin1StringView(r.method) + u' ' + QLatin1StringView(r.pattern);
        const auto* op = m_document.find(r.method, r.pattern);
        QVERIFY2(op, qPrintable(served.last()));
        QCOMPARE(op->signedIn, r.scope != nullptr);
        QCOMPARE(op->scope, std::string(r.scope ? r.scope : ""));
    }
    QStringList described;
    for (const auto& op : m_document.operations())
        described << QString::fromStdString(op.id());
    served.sort();
    described.sort();
    QCOMPARE(described, served);
}

template <class T> void tst_OpenApi::compare(const char* name)
{
    m_compared.insert(QLatin1StringView(name));
    const SchemaVisitor v = visited<T>();
    const json::object& schema = m_document.schema(name);
    const bool isRequest = schema.contains("additionalProperties");
    QStringList inCode;
    for (const auto& m : v.members)
        inCode << QString::fromStdString(m.first);
    QStringList inDocument;
    const json::object& properties = schema.at("properties").as_object();
    for (const auto& p : properties)
        inDocument << QString::fromUtf8(p.key().data(), static_cast<qsizetype>(p.key().size()));
    inDocument.sort();
    QCOMPARE(inDocument, inCode);
    std::set<std::string> required;
    if (const json::value* list = schema.if_contains("required")) {
        for (const json::value& r : list->as_array())
            required.emplace(r.as_string());
    }
    for (const auto& m : v.members) {
        const QByteArray where = QByteArray(name) + '.' + QByteArray::fromStdString(m.first);
        QVERIFY2((required.count(m.first) > 0) == (m.second.required || (!isRequest && v.always.count(m.first) > 0)), where.constData());
        const json::object* p = &properties.at(m.first).as_object();
        const protocol::Bounds b = m.second.bounds;
        for (const auto& bound : {std::pair("minimum", b.min), std::pair("maximum", b.max)}) {
            if (m.second.kind == "integer" && bound.second > INT64_MIN / 2 && bound.second < INT64_MAX / 2)
                QVERIFY2(p->contains(bound.first) && p->at(bound.first).as_int64() == bound.second, where.constData());
        }
        if (m.second.kind == "string" && b.max < INT64_MAX / 2)
            QVERIFY2(p->contains("maxLength") && p->at("maxLength").as_int64() == b.max, where.constData());
        if (const json::value* ref = p->if_contains("$ref"))
            p = &m_document.schema(std::string(ref->as_string().c_str()).substr(std::string("#/components/schemas/").size()));
        QVERIFY2(std::string(p->at("type").as_string()) == m.second.kind, where.constData());
    }
}

void tst_OpenApi::describesEveryMember()
{
    using namespace naru::protocol;
#define NARU_COMPARE(T) compare<T>(#T)
    NARU_COMPARE(Money), NARU_COMPARE(Vendor), NARU_COMPARE(NewVendor), NARU_COMPARE(Customer), NARU_COMPARE(NewCustomer), NARU_COMPARE(StockLevel);
    NARU_COMPARE(Offer), NARU_COMPARE(Variant), NARU_COMPARE(ProductText), NARU_COMPARE(ProductSummary), NARU_COMPARE(TransitionEntry);
    NARU_COMPARE(ProductDetail), NARU_COMPARE(ProductPatch), NARU_COMPARE(OfferPatch), NARU_COMPARE(NewVariant), NARU_COMPARE(NewProduct), NARU_COMPARE(Slot);
    NARU_COMPARE(NewSlot), NARU_COMPARE(ProductMove), NARU_COMPARE(StockChange), NARU_COMPARE(NewOrderLine), NARU_COMPARE(NewOrder), NARU_COMPARE(OrderLine);
    NARU_COMPARE(VendorOrderCard), NARU_COMPARE(VendorOrderDetail), NARU_COMPARE(Order), NARU_COMPARE(PaymentReport), NARU_COMPARE(VendorOrderMove);
    NARU_COMPARE(StatusCount), NARU_COMPARE(TicketLine), NARU_COMPARE(NewTicket), NARU_COMPARE(Ticket), NARU_COMPARE(Hold), NARU_COMPARE(ReservationLine);
    NARU_COMPARE(Reservation), NARU_COMPARE(ReasonRequest), NARU_COMPARE(HoldExtension), NARU_COMPARE(OccupancyCell), NARU_COMPARE(OccupancyRow);
    NARU_COMPARE(QueueStats), NARU_COMPARE(ChallengeRequest), NARU_COMPARE(ChallengeAnswer), NARU_COMPARE(TokenAnswer), NARU_COMPARE(SessionInfo);
    NARU_COMPARE(SessionEnded), NARU_COMPARE(DemoAccount), NARU_COMPARE(ServerInfo), NARU_COMPARE(Attention), NARU_COMPARE(SeriesPoint);
    NARU_COMPARE(HomeSummary), NARU_COMPARE(SearchHit), NARU_COMPARE(StockChanged);
    NARU_COMPARE(RuleWeekday), NARU_COMPARE(RuleSummary), NARU_COMPARE(SlotRule), NARU_COMPARE(NewSlotRule), NARU_COMPARE(SlotRulePatch), NARU_COMPARE(SlotRuleEnd);
    NARU_COMPARE(RuleOccurrence), NARU_COMPARE(AffectedParty), NARU_COMPARE(AffectedSlot), NARU_COMPARE(RulePreview), NARU_COMPARE(RulePreviewAsk), NARU_COMPARE(CapacityTarget);
    NARU_COMPARE(SlotRange), NARU_COMPARE(CapacityChange), NARU_COMPARE(CapacityImpact), NARU_COMPARE(CapacityResult), NARU_COMPARE(LedgerEntry), NARU_COMPARE(StockFigures);
    NARU_COMPARE(StockDrift), NARU_COMPARE(DriftCount), NARU_COMPARE(DoctorReport), NARU_COMPARE(StockRepair);
#undef NARU_COMPARE
#define NARU_COMPARE(T) compare<T>(#T)
    NARU_COMPARE(CancellationTier), NARU_COMPARE(CancellationPolicy), NARU_COMPARE(NewPolicy), NARU_COMPARE(PolicyChoice), NARU_COMPARE(RefundStep);
    NARU_COMPARE(NextInLine), NARU_COMPARE(CancellationQuote), NARU_COMPARE(CancelRequest), NARU_COMPARE(ReservationPiece), NARU_COMPARE(ReservationPayment);
    NARU_COMPARE(Refund), NARU_COMPARE(HistoryEntry), NARU_COMPARE(ReservationDetail), NARU_COMPARE(MoveRequest), NARU_COMPARE(MovePiece), NARU_COMPARE(MoveQuote);
    NARU_COMPARE(WaitlistEntry), NARU_COMPARE(NewWaitlistEntry), NARU_COMPARE(WaitlistSlot), NARU_COMPARE(Opening), NARU_COMPARE(NewOpening);
    NARU_COMPARE(BookingTerms), NARU_COMPARE(BookingTermsPatch);
#undef NARU_COMPARE
#define NARU_COMPARE(T) compare<T>(#T)
    NARU_COMPARE(StepUpRequest), NARU_COMPARE(NotMeReport), NARU_COMPARE(ReportAnswer), NARU_COMPARE(LockRequest), NARU_COMPARE(ReasonGiven), NARU_COMPARE(CodeGiven);
    NARU_COMPARE(PasswordChange), NARU_COMPARE(Nothing), NARU_COMPARE(DraftCount), NARU_COMPARE(SessionEntry), NARU_COMPARE(PostureSignal), NARU_COMPARE(PostureReport);
    NARU_COMPARE(PostureVerdict), NARU_COMPARE(Device), NARU_COMPARE(DevicePatch), NARU_COMPARE(DeviceApproval), NARU_COMPARE(AuditLine), NARU_COMPARE(ChainCheck);
    NARU_COMPARE(FiredRule), NARU_COMPARE(Conflict), NARU_COMPARE(ConflictSide), NARU_COMPARE(ConflictDetail), NARU_COMPARE(ConflictVerdict), NARU_COMPARE(AccountEntry);
    NARU_COMPARE(NewTickets), NARU_COMPARE(TotpSecret), NARU_COMPARE(RecoveryCodes), NARU_COMPARE(HandoverOffer), NARU_COMPARE(HandoverPackage), NARU_COMPARE(HandoverList), NARU_COMPARE(RevocationRequest), NARU_COMPARE(RevocationAnswer);
#undef NARU_COMPARE
    compare<Page<Vendor>>("VendorPage");
    compare<Page<ProductSummary>>("ProductSummaryPage");
    // Nobody may describe a type that the code does not know.
    const QStringList others{u"Id"_s, u"Instant"_s, u"Problem"_s, u"FieldError"_s, u"Health"_s, u"OrderChanged"_s, u"PaymentChanged"_s, u"DeviceChanged"_s, u"KeySet"_s, u"AuthorizationServer"_s};
    for (const QString& name : m_document.schemaNames()) {
        const bool isEnum = m_document.schema(name.toStdString()).contains("enum");
        QVERIFY2(isEnum || name.endsWith(u"Page"_s) || others.contains(name) || m_compared.count(name) > 0, qPrintable(name));
    }
}

template <class E> void tst_OpenApi::compareWords(const char* name)
{
    QStringList words;
    for (const json::value& w : m_document.schema(name).at("enum").as_array())
        words << QString::fromUtf8(w.as_string().c_str());
    QCOMPARE(words, wordsOf<E>());
}

void tst_OpenApi::describesEveryWord()
{
#define NARU_WORDS(E) compareWords<E>(#E)
    NARU_WORDS(Role), NARU_WORDS(ProductKind), NARU_WORDS(ProductStatus), NARU_WORDS(VendorStatus), NARU_WORDS(StockKind), NARU_WORDS(SlotStatus);
    NARU_WORDS(OrderStatus), NARU_WORDS(VendorOrderStatus), NARU_WORDS(PaymentStatus), NARU_WORDS(TicketStatus), NARU_WORDS(HoldStatus);
    NARU_WORDS(ReservationStatus), NARU_WORDS(Refusal), NARU_WORDS(TicketGoal), NARU_WORDS(AttentionKind), NARU_WORDS(Severity), NARU_WORDS(SessionEndReason);
    NARU_WORDS(RefundStatus), NARU_WORDS(PieceStatus);
    NARU_WORDS(RuleFrequency), NARU_WORDS(BookedSlots), NARU_WORDS(OccurrenceState), NARU_WORDS(ClockChange), NARU_WORDS(CapacityAction), NARU_WORDS(CapacityChoice);
    NARU_WORDS(LedgerCause), NARU_WORDS(DriftKind);
    NARU_WORDS(WaitlistStatus), NARU_WORDS(OpeningState), NARU_WORDS(LimitScope);
    NARU_WORDS(SessionStatus), NARU_WORDS(DeviceStatus), NARU_WORDS(KeyStorage), NARU_WORDS(ConflictKind), NARU_WORDS(ConflictState), NARU_WORDS(ConflictDecision), NARU_WORDS(AccountStatus), NARU_WORDS(RevocationKind), NARU_WORDS(RevocationState);
#undef NARU_WORDS
}

void tst_OpenApi::servesItself()
{
    auto s = m_server->session();
    const Answer a = s.get("/openapi.json");
    QCOMPARE(a.status, 200);
    QVERIFY(std::string_view(a.body) == server::openApiDocument());
}

// The judge itself must see faults, or the rest of this test proves nothing.
void tst_OpenApi::noticesWhatDiffers()
{
    const auto* op = m_document.find("GET", "/livez");
    Answer good;
    good.status = 200;
    good.headers = {{"content-type", "application/json"}, {"request-id", "x"}};
    good.body = R"({"status":"ok"})";
    QCOMPARE(m_document.judge(*op, good), QStringList());
    for (const char* body : {R"({"status":"fine"})", R"({"status":1})", R"({})", R"({"status":"ok","more":1})", R"(["ok"])", "nonsense"}) {
        Answer bad = good;
        bad.body = body;
        QVERIFY2(!m_document.judge(*op, bad).isEmpty(), body);
    }
    Answer other = good;
    other.status = 204;
    QVERIFY(!m_document.judge(*op, other).isEmpty());
    other = good;
    other.headers["content-type"] = "text/html";
    QVERIFY(!m_document.judge(*op, other).isEmpty());
    other = good;
    other.headers["etag"] = "\"v1\"";
    QVERIFY(!m_document.judge(*op, other).isEmpty());
    QVERIFY(!m_document.judgeValue("Id", json::value("short")).isEmpty());
    QVERIFY(!m_document.judgeValue("Instant", json::value("2026-01-01T00:00:00+09:00")).isEmpty());
}

Answer tst_OpenApi::call(RestSession& who, const std::string& method, const std::string& pattern, const std::string& id, const std::string& query,
    const std::string& body, RestSession::Headers headers)
{
    const auto* op = m_document.find(method, pattern);
    if (!op) {
        m_faults << QString::fromStdString(pattern) + u" is not in the document"_s;
        return {};
    }
    std::string path = pattern;
    if (const std::size_t at = path.find("{id}"); at != std::string::npos)
        path.replace(at, 4, id);
    if (op->bodyType == "application/x-www-form-urlencoded" && std::none_of(headers.begin(), headers.end(), [](const auto& h) { return h.first == "Content-Type"; }))
        headers.emplace_back("Content-Type", op->bodyType);
    Answer a = who.call(method, path + query, body, headers);
    m_faults << m_document.judge(*op, a);
    if (a.ok())
        m_succeeded.insert(op->id());
    return a;
}

void tst_OpenApi::signInAsPromised()
{
    auto nobody = m_server->session();
    for (const char* path : {"/livez", "/readyz", "/openapi.json", "/v1/server", "/.well-known/jwks.json", "/.well-known/oauth-authorization-server"})
        call(nobody, "GET", path);
    protocol::ChallengeRequest request;
    request.login = u"staff2"_s;
    request.secret = u"naru-demo-2026"_s;
    request.codeChallenge = u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s;
    const auto challenge = send(nobody, "POST", "/oauth/authorize-challenge", {}, request);
    QCOMPARE(challenge.status, 200);
    const Answer tokens = call(nobody, "POST", "/oauth/token", {}, {},
        "grant_type=authorization_code&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&code=" + challenge.as<protocol::ChallengeAnswer>().authorizationCode.toStdString());
    QCOMPARE(tokens.status, 200);
    request.secret = u"wrong"_s;
    QCOMPARE(send(nobody, "POST", "/oauth/authorize-challenge", {}, request).status, 401);
    QCOMPARE(call(nobody, "POST", "/oauth/token", {}, {}, "grant_type=refresh_token&refresh_token=unknown").status, 400);
    QCOMPARE(call(nobody, "POST", "/oauth/token", {}, {}, "grant_type=magic").status, 400);
    QCOMPARE(call(nobody, "POST", "/oauth/revoke", {}, {}, "token=unknown").status, 200);
    auto staff2 = m_server->session();
    staff2.setAccessToken(tokens.as<protocol::TokenAnswer>().accessToken);
    QCOMPARE(call(staff2, "GET", "/v1/session").status, 200);
    QCOMPARE(call(staff2, "POST", "/v1/session/activity").status, 204);
    QCOMPARE(call(staff2, "GET", "/v1/home").status, 200);
    QCOMPARE(call(staff2, "GET", "/v1/search", {}, "?q=a").status, 200);
    QCOMPARE(call(staff2, "DELETE", "/v1/session").status, 204);
    QCOMPARE(call(staff2, "GET", "/v1/session").status, 401);
}

void tst_OpenApi::catalogueAsPromised()
{
    const SmallData& d = m_server->data();
    auto staff = m_server->signedIn(u"staff1"_s);
    const std::string tea = d.tea.toString().toStdString();
    call(staff, "GET", "/v1/products", {}, "?limit=1");
    const ProductDetail before = call(staff, "GET", "/v1/products/{id}", tea).as<ProductDetail>();
    ProductPatch patch;
    patch.titleEn = u"Green tea"_s;
    const Answer patched = send(staff, "PATCH", "/v1/products/{id}", tea, patch, before.summary.version);
    QCOMPARE(patched.status, 200);
    QCOMPARE(send(staff, "PATCH", "/v1/products/{id}", tea, patch, before.summary.version).status, 412);
    const auto version = patched.as<ProductDetail>().summary.version;
    QCOMPARE(send(staff, "POST", "/v1/products/{id}/transitions", tea, ProductMove{ProductStatus::Paused, u"test"_s}, version).status, 200);
    QCOMPARE(send(staff, "POST", "/v1/products/{id}/transitions", tea, ProductMove{ProductStatus::Active, {}}, version + 1).status, 200);
    OfferPatch price;
    price.priceMinor = 12'500;
    const auto offer = before.variants.at(0).offer.value();
    QCOMPARE(send(staff, "PATCH", "/v1/offers/{id}", offer.id.toString().toStdString(), price, offer.version).status, 200);
    NewProduct product;
    product.vendorId = d.teaVendor;
    product.code = u"NEW-1"_s;
    product.kind = ProductKind::Sale;
    product.titleKo = u"새 찻잔"_s;
    product.taxClass = u"standard"_s;
    product.currency = u"KRW"_s;
    NewVariant variant;
    variant.sku = u"NEW-1-A"_s;
    variant.priceMinor = 5'000;
    variant.stock = 3;
    product.variants = {variant};
    product.activate = true;
    QCOMPARE(send(staff, "POST", "/v1/products", {}, product).status, 201);
    QCOMPARE(send(staff, "POST", "/v1/products", {}, product).status, 409);
    call(staff, "GET", "/v1/vendors");
    call(staff, "GET", "/v1/vendors/{id}", d.teaVendor.toString().toStdString());
    QCOMPARE(send(staff, "POST", "/v1/vendors", {}, NewVendor{u"NEWV"_s, u"새 상점"_s, u"KRW"_s, u"Asia/Seoul"_s}).status, 201);
    QCOMPARE(send(staff, "POST", "/v1/customers", {}, NewCustomer{u"ref-1"_s, u"김고객"_s}).status, 201);
    call(staff, "GET", "/v1/customers", {}, "?external_ref=ref-1");
    const std::string item = d.teaStock.at(0).toString().toStdString();
    const StockLevel level = call(staff, "GET", "/v1/stock/{id}", item).as<StockLevel>();
    QCOMPARE(send(staff, "POST", "/v1/stock/{id}/movements", item, StockChange{u"received"_s, 5, {}}, level.version).status, 200);
    call(staff, "GET", "/v1/slots", {}, "?product_id=" + d.yacht.toString().toStdString());
    const Instant start = m_server->time().now() + std::chrono::hours(24 * 20);
    QCOMPARE(send(staff, "POST", "/v1/slots", {}, NewSlot{d.yachtVariant, start, 90, u"Asia/Seoul"_s, 12}).status, 201);
}

void tst_OpenApi::ordersAsPromised()
{
    const SmallData& d = m_server->data();
    auto store = m_server->signedIn(u"store1"_s);
    auto tea = m_server->signedIn(u"tea"_s);
    NewOrder order;
    order.customerId = d.customer;
    order.channel = u"web"_s;
    order.currency = u"KRW"_s;
    order.lines = {NewOrderLine{d.teaOffers.at(1), 1}, NewOrderLine{d.cupOffer, 2}};
    const Answer made = send(store, "POST", "/v1/orders", {}, order);
    QVERIFY2(made.status == 201, qPrintable(made.text()));
    const Order o = made.as<Order>();
    const std::string id = o.id.toString().toStdString();
    call(store, "GET", "/v1/orders");
    call(store, "GET", "/v1/orders/{id}", id);
    QCOMPARE(send(store, "POST", "/v1/orders/{id}/payments", id, PaymentReport{u"pay"_s, u"ref-1"_s, o.totalMinor}).status, 200);
    const Answer second = send(store, "POST", "/v1/orders", {}, order);
    QCOMPARE(send(store, "POST", "/v1/orders/{id}/cancellation", second.as<Order>().id.toString().toStdString(), ReasonRequest{u"test"_s}).status, 200);
    order.lines = {NewOrderLine{d.teaOffers.at(1), 5'000}};
    QCOMPARE(send(store, "POST", "/v1/orders", {}, order).status, 409);
    const auto cards = call(tea, "GET", "/v1/vendor-orders", {}, "?open=true").as<Page<VendorOrderCard>>();
    call(tea, "GET", "/v1/vendor-orders/counts");
    const VendorOrderCard& card = cards.items.at(0);
    const std::string vo = card.id.toString().toStdString();
    call(tea, "GET", "/v1/vendor-orders/{id}", vo);
    QCOMPARE(send(tea, "POST", "/v1/vendor-orders/{id}/transitions", vo, VendorOrderMove{VendorOrderStatus::Accepted, {}, {}, {}}, card.version).status, 200);
    QCOMPARE(send(tea, "POST", "/v1/vendor-orders/{id}/transitions", vo, VendorOrderMove{VendorOrderStatus::AwaitingAcceptance, {}, {}, {}}, card.version + 1).status, 403);
}

void tst_OpenApi::reservationsAsPromised()
{
    const SmallData& d = m_server->data();
    auto store = m_server->signedIn(u"store1"_s);
    auto staff = m_server->signedIn(u"staff1"_s);
    NewTicket ticket;
    ticket.customerId = d.customer;
    ticket.goal = TicketGoal::Hold;
    ticket.lines = {TicketLine{d.slotItems.at(0), 2}};
    const auto ask = [&] { return send(store, "POST", "/v1/tickets", {}, ticket).as<Ticket>(); };
    const Ticket held = ask();
    QCOMPARE(held.status, TicketStatus::Held);
    call(store, "GET", "/v1/tickets");
    call(store, "GET", "/v1/tickets/{id}", held.id.toString().toStdString());
    const Answer confirmed = call(store, "POST", "/v1/tickets/{id}/confirmation", held.id.toString().toStdString());
    QVERIFY2(confirmed.status == 200, qPrintable(confirmed.text()));
    QCOMPARE(send(store, "POST", "/v1/tickets/{id}/cancellation", ask().id.toString().toStdString(), ReasonRequest{u"test"_s}).status, 200);
    QCOMPARE(call(store, "POST", "/v1/tickets/batch", {}, {}, "{\"tickets\":[" + json::serialize(protocol::toJson(ticket)) + "]}").status, 200);
    ask();
    const Hold hold = call(staff, "GET", "/v1/holds").as<Page<Hold>>().items.at(0);
    const std::string id = hold.id.toString().toStdString();
    QCOMPARE(send(staff, "POST", "/v1/holds/{id}/extension", id, HoldExtension{60}, hold.version).status, 200);
    QCOMPARE(send(staff, "POST", "/v1/holds/{id}/release", id, ReasonRequest{u"test"_s}, hold.version + 1).status, 200);
    const Reservation r = call(store, "GET", "/v1/reservations").as<Page<Reservation>>().items.at(0);
    call(store, "GET", "/v1/reservations/{id}", r.id.toString().toStdString());
    QCOMPARE(send(store, "POST", "/v1/reservations/{id}/cancellation", r.id.toString().toStdString(), ReasonRequest{u"test"_s}, r.version).status, 200);
    call(staff, "GET", "/v1/occupancy", {}, "?days=3");
    call(staff, "GET", "/v1/queue");
    ticket.lines = {TicketLine{d.slotItems.at(2), 5}};
    QCOMPARE(ask().status, TicketStatus::Rejected);
}

void tst_OpenApi::cancellationsAsPromised()
{
    const SmallData& d = m_server->data();
    auto store = m_server->signedIn(u"store1"_s);
    auto staff = m_server->signedIn(u"staff1"_s);
    auto yacht = m_server->signedIn(u"yacht"_s);
    const std::string product = d.yacht.toString().toStdString();
    const Answer policy = send(staff, "POST", "/v1/cancellation-policies", {}, NewPolicy{u"flexible"_s, 0, 3'000, {{12, 10'000, 0, {}}, {0, 5'000, 1'000, u"KRW"_s}}});
    QCOMPARE(policy.status, 201);
    QCOMPARE(send(staff, "POST", "/v1/cancellation-policies", {}, NewPolicy{u"flexible"_s, 0, 0, {}}).status, 409);
    call(staff, "GET", "/v1/cancellation-policies");
    call(staff, "GET", "/v1/cancellation-policies", {}, "?code=flexible");
    call(staff, "GET", "/v1/cancellation-policies/{id}", policy.as<CancellationPolicy>().id.toString().toStdString());
    const auto version = call(staff, "GET", "/v1/products/{id}", product).as<ProductDetail>().summary.version;
    QCOMPARE(send(staff, "POST", "/v1/products/{id}/cancellation-policy", product, PolicyChoice{u"flexible"_s}, version).status, 200);
    QCOMPARE(call(staff, "GET", "/v1/products/{id}/cancellation-policy", product).as<CancellationPolicy>().noShowFeeBps, 3'000);

    const auto book = [&] {
        NewTicket ticket;
        ticket.customerId = d.customer;
        ticket.lines = {TicketLine{d.slotItems.at(0), 1}};
        return *store.post("/v1/tickets", ticket).as<Ticket>().reservationId;
    };
    const ReservationId r = book();
    const std::string id = r.toString().toStdString();
    m_server->write([&](server::Txn& txn) { payFor(txn, r, 45'000); });
    call(store, "GET", "/v1/reservations", {}, "?status=confirmed,cancelled&q=R-&from=2020-01-01&to=2099-01-01&product_id=" + product + "&slot_id=" + d.slots.at(0).toString().toStdString());
    QCOMPARE(call(store, "GET", "/v1/reservations/{id}/cancellation-quote", id).as<CancellationQuote>().refund.minor, 45'000);
    const std::string other = d.slotItems.at(1).toString().toStdString();
    QVERIFY(call(store, "GET", "/v1/reservations/{id}/move-quote", id, "?lines=" + other + ":1").as<MoveQuote>().possible);
    MoveRequest move;
    move.lines = {TicketLine{d.slotItems.at(1), 100}};
    QCOMPARE(send(store, "POST", "/v1/reservations/{id}/move", id, move, 2).status, 409);
    move.lines = {TicketLine{d.slotItems.at(1), 1}};
    QCOMPARE(send(store, "POST", "/v1/reservations/{id}/move", id, move, 2).status, 200);
    QCOMPARE(call(yacht, "POST", "/v1/reservations/{id}/check-in", id, {}, {}, {RestSession::ifMatch(3)}).status, 200);
    QCOMPARE(send(store, "POST", "/v1/reservations/{id}/cancellation", id, CancelRequest{}, 4).status, 409);
    QCOMPARE(send(yacht, "POST", "/v1/reservations/{id}/check-in-undo", id, ReasonRequest{}, 4).status, 200);
    QCOMPARE(send(yacht, "POST", "/v1/reservations/{id}/no-show", id, ReasonRequest{}, 5).status, 409);
    CancelRequest wish;
    wish.goodwill = true;
    QCOMPARE(send(store, "POST", "/v1/reservations/{id}/cancellation", id, wish, 5).status, 202);
    QCOMPARE(send(staff, "POST", "/v1/reservations/{id}/cancellation-refusal", id, ReasonRequest{u"no"_s}, 6).status, 200);
    CancelRequest less;
    less.refundMinor = 100;
    QCOMPARE(send(staff, "POST", "/v1/reservations/{id}/cancellation", id, less, 7).status, 200);
    QVERIFY(!call(store, "GET", "/v1/reservations/{id}", id).as<ReservationDetail>().history.empty());
    const Refund refund = call(staff, "GET", "/v1/refunds").as<Page<Refund>>().items.at(0);
    const std::string refundId = refund.id.toString().toStdString();
    call(staff, "GET", "/v1/refunds/{id}", refundId);
    QCOMPARE(call(staff, "POST", "/v1/refunds/{id}/approval", refundId, {}, {}, {RestSession::ifMatch(1)}).status, 403);
    auto staff2 = m_server->signedIn(u"staff2"_s);
    QCOMPARE(call(staff2, "POST", "/v1/refunds/{id}/approval", refundId, {}, {}, {RestSession::ifMatch(1)}).status, 200);
    const ReservationId second = book();
    m_server->write([&](server::Txn& txn) { payFor(txn, second, 45'000); });
    QCOMPARE(send(staff, "POST", "/v1/reservations/{id}/cancellation", second.toString().toStdString(), less, 2).status, 200);
    const Refund another = call(staff, "GET", "/v1/refunds", {}, "?status=requested").as<Page<Refund>>().items.at(0);
    QCOMPARE(send(staff, "POST", "/v1/refunds/{id}/rejection", another.id.toString().toStdString(), ReasonRequest{}, 1).status, 200);
    // Over: told to the store as if it had been yesterday.
    const ReservationId past = book();
    const std::string pastId = past.toString().toStdString();
    QCOMPARE(call(yacht, "POST", "/v1/reservations/{id}/completion", pastId, {}, {}, {RestSession::ifMatch(2)}).status, 409);
    m_server->write([&](server::Txn& txn) {
        txn.db().exec(u"UPDATE slot SET starts_at = starts_at - 200000000, ends_at = ends_at - 200000000, status = 'cancelled' WHERE id = ?"_s, {d.slots.at(0)});
    });
    QCOMPARE(send(yacht, "POST", "/v1/reservations/{id}/no-show", pastId, ReasonRequest{}, 2).status, 200);
    QCOMPARE(call(staff, "POST", "/v1/reservations/{id}/check-in", pastId, {}, {}, {RestSession::ifMatch(3)}).status, 200);
    QCOMPARE(call(yacht, "POST", "/v1/reservations/{id}/completion", pastId, {}, {}, {RestSession::ifMatch(4)}).status, 200);
}

void tst_OpenApi::answersAsPromised()
{
    EventStream events(m_server->host(), m_server->port(), m_server->signedIn(u"admin1"_s).tokens().accessToken);
    QVERIFY(events.waitOpen());
    m_succeeded.insert("GET /v1/events"); // judged by streamsAsPromised
    signInAsPromised();
    catalogueAsPromised();
    ordersAsPromised();
    slotRulesAsPromised(*this, *m_server);
    stockAsPromised(*this, *m_server);
    waitlistAsPromised(*this, *m_server);
    securityAsPromised(*this, *m_server);
    reservationsAsPromised();
    cancellationsAsPromised();
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
    for (const auto& op : m_document.operations())
        QVERIFY2(m_succeeded.count(op.id()) > 0, qPrintable(u"never answered well: "_s + QString::fromStdString(op.id())));
}

void tst_OpenApi::refusesAsPromised_data()
{
    QTest::addColumn<QString>("operation");
    for (const auto& op : m_document.operations())
        QTest::newRow(op.id().c_str()) << QString::fromStdString(op.id());
}

// Everything that can be wrong with a request of this operation: always a problem that the document names.
void tst_OpenApi::refusesAsPromised()
{
    QFETCH(QString, operation);
    const QStringList parts = operation.split(u' ');
    const auto& op = *m_document.find(parts[0].toStdString(), parts[1].toStdString());
    if (op.path == "/v1/events")
        return;
    m_faults.clear();
    auto nobody = m_server->session();
    const bool reviews = op.scope == "session.review" || op.scope == "session.decide";
    auto staff = m_server->signedIn(op.path == "/v1/session" ? u"staff2"_s : reviews ? u"support1"_s : op.scope == "key.rotate" ? u"admin1"_s : op.path == "/v1/credentials/password" ? u"yacht"_s : needsVerification(op.method, op.path) ? u"tea"_s : u"staff1"_s); // five verifications in ten minutes are allowed
    if (needsVerification(op.method, op.path))
        QVERIFY(staff.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok());
    auto channel = m_server->signedIn(u"store2"_s);
    const std::string unknown = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    const bool form = op.bodyType == "application/x-www-form-urlencoded";
    const std::string body = op.bodyType.empty() ? std::string() : form ? "a=b" : "{}";
    const auto expect = [&](RestSession& who, int status, const std::string& id, const std::string& query, const std::string& b, RestSession::Headers h = {}) {
        const Answer a = call(who, op.method, op.path, id, query, b, std::move(h));
        if (status && a.status != status)
            m_faults << operation + u": expected %1, got "_s.arg(status) + a.text();
    };
    const std::pair<std::string, std::string> version = RestSession::ifMatch(1);
    if (op.signedIn)
        expect(nobody, 401, unknown, {}, body);
    expect(staff, 400, unknown, "?no_such_parameter=1", body);
    if (op.path.find("{id}") != std::string::npos) {
        if (op.bodyType.empty())
            expect(staff, 404, unknown, {}, body, {version});
        expect(staff, op.bodyType.empty() ? 404 : 0, "nonsense", {}, body, {version});
    }
    if (op.scope == "vendor.manage" || op.scope == "order.handle" || op.scope == "audit.read" || op.scope == "key.rotate" || reviews)
        expect(channel, 403, unknown, {}, body, {version});
    if (op.needsKey)
        expect(staff, 400, unknown, {}, body, {{"Idempotency-Key", "not visible\t"}, version});
    if (!op.bodyType.empty()) {
        expect(staff, 415, unknown, {}, "hello", {{"Content-Type", "text/plain"}});
        expect(staff, 413, unknown, {}, std::string(1'100'000, ' '));
        expect(staff, 0, unknown, {}, form ? "a=1&a=2" : "{\"a\":", {version});
        expect(staff, 0, unknown, {}, form ? "%zz" : "{\"no_such_member\":1}", {version});
        expect(staff, 0, unknown, {}, form ? "x" : "[]", {version});
        if (op.needsVersion)
            expect(staff, 0, unknown, {}, body);
    }
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

void tst_OpenApi::streamsAsPromised()
{
    const std::map<QString, std::string> schemas{{u"product.changed"_s, "ProductSummary"}, {u"vendor_order.changed"_s, "VendorOrderCard"}, {u"order.changed"_s, "OrderChanged"},
        {u"payment.changed"_s, "PaymentChanged"}, {u"ticket.changed"_s, "Ticket"}, {u"hold.changed"_s, "Hold"}, {u"reservation.changed"_s, "Reservation"},
        {u"refund.changed"_s, "Refund"}, {u"stock.changed"_s, "StockChanged"}, {u"slot.changed"_s, "Slot"}, {u"slot_rule.changed"_s, "SlotRule"}, {u"waitlist.changed"_s, "WaitlistEntry"}, {u"opening.changed"_s, "Opening"}, {u"vendor.changed"_s, "Vendor"}, {u"session.ended"_s, "SessionEnded"},
        {u"session_conflict.changed"_s, "Conflict"}, {u"device.changed"_s, "DeviceChanged"}};
    // Everything the tests before have caused comes again from the start.
    auto who = m_server->signedIn(u"admin1"_s);
    EventStream events(m_server->host(), m_server->port(), who.tokens().accessToken, 0);
    QVERIFY(events.waitOpen());
    QVERIFY(events.waitFor(u"reservation.changed"_s, 10'000));
    m_server->signedIn(u"admin1"_s); // the last event: this session's end
    QVERIFY(events.waitEnd(10'000));
    std::set<QString> seen;
    for (const auto& e : events.events()) {
        const auto it = schemas.find(e.topic);
        QVERIFY2(it != schemas.end(), qPrintable(e.topic));
        const QStringList faults = m_document.judgeValue(it->second, e.data);
        QVERIFY2(faults.isEmpty(), qPrintable(e.topic + u": "_s + faults.join(u'\n')));
        seen.insert(e.topic);
    }
    for (const auto& s : schemas)
        QVERIFY2(seen.count(s.first) > 0, qPrintable(u"never streamed: "_s + s.first));
}

QTEST_GUILESS_MAIN(tst_OpenApi)
#include "tst_OpenApi.moc"
