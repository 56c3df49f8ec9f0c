// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 90
// engines: both
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

template <class AnyId> std::string path(const char* collection, const AnyId& id, const char* more = "")
{
    return std::string(collection) + id.toString().toStdString() + more;
}

std::int64_t currentVersion(const Answer& a) { return a.json().as_object().at("current_version").to_number<std::int64_t>(); }

} // namespace

// Products, offers, stock, slots, vendors and customers through the interface.
class TestCatalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void listsAndSorts();
    void findsTextLiterally();
    void speaksTheLanguageAskedFor();
    void makesAProductWithOptions();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void editsUnderAVersion();
    void movesByTheTable();
    void activeNeedsALiveOffer();
    void priceChangeOpensAWindow();
    void flagsChangeInPlace();
    void stockMovesWithItsReason();
    void slotsKeepTheirLocalDay();
    void vendorsSeeTheirOwn();
    void partiesAreUnique();
    void cleanup();

private:
    const SmallData& data() const { return m_server->data(); }
    ProductDetail product(const ProductId& id) { return m_staff->get(path("/v1/products/", id)).as<ProductDetail>(); }
    NewProduct newProduct(const QString& code);

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<RestSession> m_staff;
    std::unique_ptr<RestSession> m_tea;
};

void TestCatalogue::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_staff = std::make_unique<RestSession>(m_server->signedIn(u"staff1"_s));
    m_tea = std::make_unique<RestSession>(m_server->signedIn(u"tea"_s));
}

void TestCatalogue::cleanup()
{
    if (!m_server)
        return;
    const QStringList broken = m_server->violations();
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u"; "_s)));
}

NewProduct TestCatalogue::newProduct(const QString& code)
{
    NewProduct p;
    p.vendorId = data().teaVendor;
    p.code = code;
    p.titleKo = u"올리브 캠핑 의자"_s;
    p.titleEn = u"Olive camp chair"_s;
    p.taxClass = u"standard"_s;
    p.currency = u"KRW"_s;
    p.optionGroups = {u"색상"_s, u"크기"_s};
    for (const QString& colour : {u"올리브"_s, u"샌드"_s})
        for (const QString& size : {u"S"_s, u"M"_s}) {
            NewVariant v;
            v.sku = u"%1-%2"_s.arg(code).arg(p.variants.size());
            v.options = {colour, size};
            v.priceMinor = 39'000;
            v.listPriceMinor = 45'000;
            v.stock = 7;
            p.variants.push_back(v);
        }
    return p;
}

void TestCatalogue::listsAndSorts()
{
    for (const char* sort : {"updated", "code", "title", "stock"}) {
        QStringList seen;
        std::string after;
        int pages = 0;
        do {
            const Answer a = m_staff->get("/v1/products?limit=2&sort=" + std::string(sort) + (after.empty() ? "" : "&after=" + after));
            QVERIFY2(a.status == 200, qPrintable(a.text()));
            const auto page = a.as<Page<ProductSummary>>();
            for (const ProductSummary& p : page.items)
                seen << p.code;
            QVERIFY(page.total >= 3);
            after = page.next.toStdString();
            ++pages;
        } while (!after.empty() && pages < 50);
        QVERIFY2(pages > 1, sort);
        QStringList once = seen;
        once.removeDuplicates();
        QCOMPARE(once.size(), seen.size()); // nothing twice over the pages
        QVERIFY(seen.size() >= 3);
        if (qstrcmp(sort, "code") == 0) {
            QStringList sorted = seen;
            std::sort(sorted.begin(), sorted.end());
            QCOMPARE(seen, sorted);
        }
    }
    QCOMPARE(m_staff->get("/v1/products?sort=colour").status, 400);
    QCOMPARE(m_staff->get("/v1/products?limit=0").status, 400);
    QCOMPARE(m_staff->get("/v1/products?after=nonsense").status, 400);
    QCOMPARE(m_staff->get("/v1/products?kind=rental").status, 400);
    QCOMPARE(m_staff->get("/v1/products?colour=red").status, 400);
    const auto seats = m_staff->get("/v1/products?kind=reservation").as<Page<ProductSummary>>();
    QVERIFY(!seats.items.empty());
    for (const ProductSummary& p : seats.items)
        QCOMPARE(p.kind, ProductKind::Reservation);
}

void TestCatalogue::findsTextLiterally()
{
    QVERIFY(m_staff->get("/v1/products?q=%25").as<Page<ProductSummary>>().items.empty()); // "%" is no wildcard here
    QVERIFY(m_staff->get("/v1/products?q=_").as<Page<ProductSummary>>().items.empty());
    NewProduct p = newProduct(u"HALF"_s);
    p.titleKo = u"50% 할인 꾸러미"_s;
    QCOMPARE(m_staff->post("/v1/products", p).status, 201);
    const auto found = m_staff->get("/v1/products?q=50%25").as<Page<ProductSummary>>();
    QCOMPARE(found.items.size(), std::size_t{1});
    QCOMPARE(found.items.front().code, u"HALF"_s);
    QCOMPARE(m_staff->get("/v1/products?q=HALF-3").as<Page<ProductSummary>>().items.size(), std::size_t{1}); // by SKU
}

void TestCatalogue::speaksTheLanguageAskedFor()
{
    const ProductDetail made = m_staff->post("/v1/products", newProduct(u"LANG"_s)).as<ProductDetail>();
    QCOMPARE(made.summary.title, u"올리브 캠핑 의자"_s);
    const Answer en = m_staff->get(path("/v1/products/", made.summary.id), {{"Accept-Language", "en-GB,en;q=0.9"}});
    QCOMPARE(en.as<ProductDetail>().summary.title, u"Olive camp chair"_s);
}

void TestCatalogue::makesAProductWithOptions()
{
    NewProduct wanted = newProduct(u"CHAIR"_s);
    wanted.activate = true;
    const Answer a = m_staff->post("/v1/products", wanted);
    QVERIFY2(a.status == 201, qPrintable(a.text()));
    const auto p = a.as<ProductDetail>();
    QCOMPARE(p.summary.status, ProductStatus::Active);
    QCOMPARE(p.summary.variantCount, 4);
    QCOMPARE(p.summary.onHand, 28);
    QVERIFY(p.summary.onSale);
    QCOMPARE(p.variants.at(1).optionText, u"올리브 · M"_s);
    QCOMPARE(p.variants.at(3).stock.at(0).onHand, 7);
    QCOMPARE(p.history.size(), std::size_t{2});
    QCOMPARE(p.history.at(0).toState, u"active"_s);
    QCOMPARE(p.history.at(0).actorRole, u"O"_s);
    QCOMPARE(a.headers.at("etag"), "\"v" + std::to_string(p.summary.version) + "\"");
    QVERIFY(!p.allowedNext.empty());
    // A vendor's own product waits for a review; only staff put it on sale in one go.
    NewProduct own = newProduct(u"OWN"_s);
    own.activate = true;
    QCOMPARE(m_tea->post("/v1/products", own).status, 403);
    own.activate = false;
    QCOMPARE(m_tea->post("/v1/products", own).as<ProductDetail>().summary.status, ProductStatus::Draft);
}

void TestCatalogue::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("same code") << u"code"_s << 409 << u"code-taken"_s;
    QTest::newRow("same sku") << u"sku"_s << 409 << u"sku-taken"_s;
    QTest::newRow("an option too few") << u"options"_s << 422 << u"body-invalid"_s;
    QTest::newRow("options twice") << u"twice"_s << 422 << u"body-invalid"_s;
    QTest::newRow("list price below price") << u"list"_s << 422 << u"body-invalid"_s;
    QTest::newRow("currency") << u"currency"_s << 422 << u"body-invalid"_s;
    QTest::newRow("stock of seats") << u"seats"_s << 422 << u"body-invalid"_s;
    QTest::newRow("no variant") << u"none"_s << 422 << u"body-invalid"_s;
    QTest::newRow("unknown vendor") << u"vendor"_s << 404 << u"not-found"_s;
}

void TestCatalogue::refusesWhatDoesNotFit()
{
    QFETCH(QString, change);
    QFETCH(int, status);
    QFETCH(QString, code);
    m_staff->post("/v1/products", newProduct(u"TAKEN"_s)); // the first row makes it, later ones find it
    NewProduct p = newProduct(u"BAD-"_s + change);
    if (change == u"code")
        p.code = u"TAKEN"_s;
    else if (change == u"sku")
        p.variants[0].sku = u"TAKEN-0"_s;
    else if (change == u"options")
        p.variants[2].options.pop_back();
    else if (change == u"twice")
        p.variants[2].options = p.variants[1].options;
    else if (change == u"list")
        p.variants[2].listPriceMinor = 1;
    else if (change == u"currency")
        p.currency = u"k₩w"_s;
    else if (change == u"seats")
        p.kind = ProductKind::Reservation;
    else if (change == u"none")
        p.variants.clear();
    else if (change == u"vendor")
        p.vendorId = VendorId{data().tea.value};
    const Answer a = m_staff->post("/v1/products", p);
    QVERIFY2(a.status == status, qPrintable(a.text()));
    QCOMPARE(a.code(), code);
    QVERIFY(m_staff->get("/v1/products?q=BAD-" + change.toStdString()).as<Page<ProductSummary>>().items.empty());
}

void TestCatalogue::editsUnderAVersion()
{
    const ProductDetail before = product(data().tea);
    ProductPatch patch;
    patch.titleKo = u"햇 녹차"_s;
    patch.bodyEn = u"Fresh leaves"_s;
    QCOMPARE(m_staff->call("PATCH", path("/v1/products/", data().tea), R"({"title_ko":"x"})").status, 428);
    const Answer done = m_staff->patch(path("/v1/products/", data().tea), patch, before.summary.version);
    QVERIFY2(done.status == 200, qPrintable(done.text()));
    QCOMPARE(done.as<ProductDetail>().summary.title, u"햇 녹차"_s);
    QCOMPARE(done.as<ProductDetail>().summary.version, before.summary.version + 1);
    // Somebody else with the old version is told what is there now.
    const Answer late = m_staff->patch(path("/v1/products/", data().tea), patch, before.summary.version);
    QCOMPARE(late.status, 412);
    QCOMPARE(late.code(), u"version-mismatch"_s);
    QCOMPARE(currentVersion(late), before.summary.version + 1);
    QCOMPARE(protocol::fromUtf8(std::string_view(late.json().as_object().at("current").as_object().at("summary").as_object().at("title").as_string())), u"햇 녹차"_s);
    QCOMPARE(m_staff->call("PATCH", path("/v1/products/", data().tea), R"({"colour":"red"})", {RestSession::ifMatch(before.summary.version + 1)}).status, 422);
}

void TestCatalogue::movesByTheTable()
{
    const ProductDetail made = m_tea->post("/v1/products", newProduct(u"LIFE"_s)).as<ProductDetail>();
    const std::string moves = path("/v1/products/", made.summary.id, "/transitions");
    const Answer notYet = m_tea->post(moves, ProductMove{ProductStatus::Active, {}}, {RestSession::ifMatch(1)});
    QCOMPARE(notYet.status, 403);
    QCOMPARE(notYet.code(), u"transition-not-allowed"_s);
    QCOMPARE(m_tea->post(moves, ProductMove{ProductStatus::InReview, {}}, {RestSession::ifMatch(1)}).status, 200);
    QCOMPARE(m_tea->post(moves, ProductMove{ProductStatus::Approved, {}}, {RestSession::ifMatch(2)}).status, 403); // not its own judge
    const Answer approved = m_staff->post(moves, ProductMove{ProductStatus::Approved, u"사진이 좋습니다"_s}, {RestSession::ifMatch(2)});
    QCOMPARE(approved.as<ProductDetail>().history.front().reason, u"사진이 좋습니다"_s);
    QVERIFY(approved.as<ProductDetail>().allowedNext != std::vector<ProductStatus>{});
    QCOMPARE(m_tea->post(moves, ProductMove{ProductStatus::Active, {}}, {RestSession::ifMatch(3)}).status, 200);
    QCOMPARE(m_tea->post(moves, ProductMove{ProductStatus::Paused, {}}, {RestSession::ifMatch(3)}).status, 412);
    // What is offered as next is what may be done.
    const auto now = m_tea->get(path("/v1/products/", made.summary.id)).as<ProductDetail>();
    QCOMPARE(now.allowedNext, (std::vector<ProductStatus>{ProductStatus::Paused, ProductStatus::Discontinued}));
}

void TestCatalogue::activeNeedsALiveOffer()
{
    const ProductDetail made = m_staff->post("/v1/products", newProduct(u"EMPTY"_s)).as<ProductDetail>();
    m_server->write([&](server::Txn& txn) { txn.db().exec(u"UPDATE variant SET enabled = 0 WHERE product_id = ?"_s, {made.summary.id}); });
    const std::string moves = path("/v1/products/", made.summary.id, "/transitions");
    QCOMPARE(m_staff->post(moves, ProductMove{ProductStatus::Approved, {}}, {RestSession::ifMatch(1)}).status, 200);
    const Answer a = m_staff->post(moves, ProductMove{ProductStatus::Active, {}}, {RestSession::ifMatch(2)});
    QCOMPARE(a.status, 409);
    QCOMPARE(a.code(), u"no-live-offer"_s);
}

void TestCatalogue::priceChangeOpensAWindow()
{
    const ProductDetail before = product(data().tea);
    const Offer old = before.variants.at(0).offer.value();
    OfferPatch patch;
    patch.priceMinor = old.price.minor + 1'000;
    const std::string at = path("/v1/offers/", old.id);
    const Answer a = m_staff->patch(at, patch, old.version);
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    const Offer next = a.as<Offer>();
    QVERIFY(next.id != old.id);
    QCOMPARE(next.price.minor, old.price.minor + 1'000);
    const auto rows = m_server->query(u"SELECT price_minor, valid_from, valid_until FROM offer WHERE variant_id = ? ORDER BY valid_from"_s, {old.variantId});
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].integer(2), rows[1].integer(1)); // one ends where the next begins
    QVERIFY(rows[1].isNull(2));
    const ProductDetail after = product(data().tea);
    QCOMPARE(after.variants.at(0).offer->id, next.id);
    QVERIFY(after.summary.version > before.summary.version); // so that readers can tell old from new
    // The closed one is history: its holder learns the one in force.
    const Answer late = m_staff->patch(at, patch, old.version);
    QCOMPARE(late.status, 412);
    QCOMPARE(protocol::fromUtf8(std::string_view(late.json().as_object().at("current").as_object().at("id").as_string())), next.id.toString());
    QCOMPARE(m_staff->patch(at, patch, old.version + 1).code(), u"offer-closed"_s);
    // The invariant that guards the windows can fail.
    m_server->write([&](server::Txn& txn) { txn.db().exec(u"UPDATE offer SET valid_from = valid_from - 5000 WHERE id = ?"_s, {next.id}); });
    QVERIFY(!m_server->violations().filter(u"I21"_s).isEmpty());
    m_server->write([&](server::Txn& txn) { txn.db().exec(u"UPDATE offer SET valid_from = valid_from + 5000 WHERE id = ?"_s, {next.id}); });
}

void TestCatalogue::flagsChangeInPlace()
{
    const Offer offer = product(data().cup).variants.at(0).offer.value();
    OfferPatch patch;
    patch.purchasable = false;
    patch.listPriceMinor = 12'000;
    patch.onSale = true;
    const Offer changed = m_staff->patch(path("/v1/offers/", offer.id), patch, offer.version).as<Offer>();
    QCOMPARE(changed.id, offer.id);
    QVERIFY(changed.onSale && !changed.purchasable);
    OfferPatch low;
    low.listPriceMinor = 1;
    QCOMPARE(m_staff->patch(path("/v1/offers/", offer.id), low, changed.version).status, 422);
    patch.purchasable = true;
    QCOMPARE(m_staff->patch(path("/v1/offers/", offer.id), patch, changed.version).status, 200);
}

void TestCatalogue::stockMovesWithItsReason()
{
    const ItemId item = data().teaStock.at(1);
    const auto level = m_staff->get(path("/v1/stock/", item)).as<StockLevel>();
    const std::string moves = path("/v1/stock/", item, "/movements");
    QCOMPARE(m_staff->post(moves, StockChange{u"adjusted"_s, -2, {}}, {RestSession::ifMatch(level.version)}).status, 422);
    QCOMPARE(m_staff->post(moves, StockChange{u"found"_s, 2, u"x"_s}, {RestSession::ifMatch(level.version)}).status, 422);
    QCOMPARE(m_staff->post(moves, StockChange{u"received"_s, -2, {}}, {RestSession::ifMatch(level.version)}).status, 422);
    const auto lower = m_staff->post(moves, StockChange{u"adjusted"_s, -2, u"파손"_s}, {RestSession::ifMatch(level.version)}).as<StockLevel>();
    QCOMPARE(lower.onHand, level.onHand - 2);
    QCOMPARE(m_staff->post(moves, StockChange{u"received"_s, 5, {}}, {RestSession::ifMatch(level.version)}).status, 412);
    QCOMPARE(m_staff->post(moves, StockChange{u"received"_s, 5, {}}, {RestSession::ifMatch(lower.version)}).as<StockLevel>().onHand, level.onHand + 3);
    QCOMPARE(m_staff->post(moves, StockChange{u"adjusted"_s, -1'000, u"x"_s}, {RestSession::ifMatch(lower.version + 1)}).code(), u"stock-below-commitments"_s);
}

void TestCatalogue::slotsKeepTheirLocalDay()
{
    NewSlot s;
    s.variantId = data().yachtVariant;
    s.startsAt = *fromRfc3339(u"2031-03-01T23:30:00Z"); // the 2nd of March, 08:30, in Seoul
    s.durationMin = 90;
    s.tz = u"Asia/Seoul"_s;
    s.capacity = 24;
    const Answer a = m_staff->post("/v1/slots", s);
    QVERIFY2(a.status == 201, qPrintable(a.text()));
    const Slot made = a.as<Slot>();
    QCOMPARE(made.localDate, u"2031-03-02"_s);
    QCOMPARE(made.localTime, u"08:30"_s);
    QCOMPARE(made.capacity.onHand, 24);
    QCOMPARE(made.price.currency, u"KRW"_s);
    QCOMPARE(m_staff->post("/v1/slots", s).code(), u"slot-taken"_s);
    s.tz = u"Asia/Nowhere"_s;
    s.startsAt += Millis(1000);
    QCOMPARE(m_staff->post("/v1/slots", s).status, 422);
    s.tz = u"Asia/Seoul"_s;
    s.variantId = data().cupVariant;
    QCOMPARE(m_staff->post("/v1/slots", s).status, 422); // goods have stock
    const auto day = m_staff->get("/v1/slots?from=2031-03-02&to=2031-03-03").as<Page<Slot>>();
    QCOMPARE(day.items.size(), std::size_t{1});
    QVERIFY(m_staff->get("/v1/slots?from=2031-03-01&to=2031-03-02").as<Page<Slot>>().items.empty());
    QCOMPARE(m_staff->get("/v1/slots?from=2031-03-01T23:30:00Z&to=2031-03-01T23:30:01Z").as<Page<Slot>>().items.size(), std::size_t{1});
    QCOMPARE(m_staff->get("/v1/slots?from=tomorrow").status, 400);
}

void TestCatalogue::vendorsSeeTheirOwn()
{
    for (const ProductSummary& p : m_tea->get("/v1/products?limit=500").as<Page<ProductSummary>>().items)
        QCOMPARE(p.vendorId, data().teaVendor);
    QVERIFY(m_tea->get("/v1/products?vendor_id=" + data().yachtVendor.toString().toStdString()).as<Page<ProductSummary>>().items.empty());
    QCOMPARE(m_tea->get(path("/v1/products/", data().yacht)).status, 404);
    QCOMPARE(m_tea->get(path("/v1/vendors/", data().yachtVendor)).status, 404);
    QCOMPARE(m_tea->get(path("/v1/stock/", data().cupStock)).status, 404);
    QCOMPARE(m_tea->get("/v1/vendors").as<Page<Vendor>>().items.size(), std::size_t{1});
    QVERIFY(m_staff->get("/v1/vendors").as<Page<Vendor>>().items.size() >= 3);
    NewProduct foreign = newProduct(u"FOREIGN"_s);
    foreign.vendorId = data().yachtVendor;
    QCOMPARE(m_tea->post("/v1/products", foreign).status, 404);
    OfferPatch patch;
    patch.priceMinor = 1;
    QCOMPARE(m_tea->patch(path("/v1/offers/", data().cupOffer), patch, 1).status, 404);
    QCOMPARE(m_tea->post(path("/v1/stock/", data().cupStock, "/movements"), StockChange{u"received"_s, 5, {}}, {RestSession::ifMatch(1)}).status, 404);
    NewSlot slot;
    slot.variantId = data().yachtVariant;
    slot.startsAt = *fromRfc3339(u"2031-05-01T00:00:00Z");
    slot.tz = u"Asia/Seoul"_s;
    slot.capacity = 1;
    QCOMPARE(m_tea->post("/v1/slots", slot).status, 404);
    QCOMPARE(m_tea->get("/v1/customers").status, 403);
}

void TestCatalogue::partiesAreUnique()
{
    NewVendor v;
    v.code = u"NEWONE"_s;
    v.name = u"새 가게"_s;
    v.payoutCurrency = u"KRW"_s;
    v.tz = u"Asia/Seoul"_s;
    QCOMPARE(m_staff->post("/v1/vendors", v).status, 201);
    QCOMPARE(m_staff->post("/v1/vendors", v).code(), u"code-taken"_s);
    v.code = u"OTHER"_s;
    v.tz = u"Mars/Olympus"_s;
    QCOMPARE(m_staff->post("/v1/vendors", v).status, 422);
    QCOMPARE(m_tea->post("/v1/vendors", v).status, 403);
    NewCustomer c;
    c.externalRef = u"shop-1"_s;
    c.displayName = u"박하늘"_s;
    const Customer made = m_staff->post("/v1/customers", c).as<Customer>();
    QCOMPARE(m_staff->post("/v1/customers", c).code(), u"external-ref-taken"_s);
    const auto found = m_staff->get("/v1/customers?external_ref=shop-1").as<Page<Customer>>();
    QCOMPARE(found.items.size(), std::size_t{1});
    QCOMPARE(found.items.front(), made);
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_Catalogue.moc"
