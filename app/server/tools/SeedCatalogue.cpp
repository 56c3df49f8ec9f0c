// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Accounts.h"
#include "server/auth/Passwords.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"
#include "server/tools/SeedWorld.h"

#include <QSet>

namespace naru::server::seed {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kDay = std::chrono::hours(24);
constexpr int kCustomers = 600;

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

int roundPrice(double won) { return static_cast<int>((won + 250) / 500) * 500; }

struct OptionPlan {
    std::vector<QString> groups;
    std::vector<std::pair<std::vector<QString>, int>> variants; // values, percent of the price
};

OptionPlan planOptions(Options kind, SeedRng& rng)
{
    static const std::vector<QString> colours = {u"올리브"_s, u"샌드"_s, u"차콜"_s, u"테라코타"_s, u"네이비"_s, u"아이보리"_s};
    static const std::vector<QString> sizes = {u"S"_s, u"M"_s, u"L"_s, u"XL"_s};
    OptionPlan plan;
    const int colourCount = rng.between(2, 4);
    const int firstColour = rng.below(3);
    switch (kind) {
    case Options::None:
        plan.variants = {{{}, 100}};
        break;
    case Options::Weight:
        plan.groups = {u"용량"_s};
        plan.variants = {{{u"40g"_s}, 100}, {{u"80g"_s}, 180}, {{u"160g"_s}, 330}};
        break;
    case Options::Set:
        plan.groups = {u"구성"_s};
        plan.variants = {{{u"기본"_s}, 100}, {{u"2인 세트"_s}, 185}};
        break;
    case Options::Size:
        plan.groups = {u"크기"_s};
        for (std::size_t i = 0; i < 3; ++i)
            plan.variants.push_back({{sizes[i]}, 90 + static_cast<int>(i) * 12});
        break;
    case Options::Colour:
        plan.groups = {u"색상"_s};
        for (int c = 0; c < colourCount; ++c)
            plan.variants.push_back({{colours[static_cast<std::size_t>(firstColour + c) % colours.size()]}, 100});
        break;
    case Options::ColourSize:
        plan.groups = {u"색상"_s, u"크기"_s};
        for (int c = 0; c < colourCount; ++c)
            for (std::size_t i = 0; i < sizes.size(); ++i)
                plan.variants.push_back({{colours[static_cast<std::size_t>(firstColour + c) % colours.size()], sizes[i]}, i < 2 ? 100 : 106});
        break;
    }
    return plan;
}

int firstStock(SeedRng& rng)
{
    const int draw = rng.below(100);
    if (draw < 4)
        return 0; // sold out
    if (draw < 12)
        return rng.between(2, 6);
    return rng.between(25, 180);
}

NewProduct plannedGood(World& w, const SeedVendor& vendor, const Noun& noun, const Modifier& modifier)
{
    NewProduct p;
    p.vendorId = vendor.id;
    p.code = text(noun.code) + u'-' + text(modifier.code);
    p.kind = ProductKind::Sale;
    p.titleKo = text(modifier.ko) + u' ' + text(noun.ko);
    p.titleEn = text(modifier.en) + u' ' + text(noun.en);
    p.body = u"%1 상품입니다. 주문 후 순서대로 정성껏 준비해 보내 드립니다."_s.arg(p.titleKo);
    p.brand = w.db.one(u"SELECT name FROM vendor WHERE id = ?"_s, {vendor.id})->text(0);
    p.taxClass = u"standard"_s;
    p.currency = u"KRW"_s;
    const OptionPlan plan = planOptions(noun.options, w.rng);
    p.optionGroups = plan.groups;
    const double base = noun.price * modifier.percent / 100.0;
    const bool sale = w.rng.chance(18);
    int index = 0;
    for (const auto& [values, percent] : plan.variants) {
        NewVariant v;
        v.sku = u"%1-%2-%3-%4"_s.arg(vendor.code.left(3), text(noun.code), text(modifier.code)).arg(++index, 2, 10, QChar(u'0'));
        v.options = values;
        v.priceMinor = roundPrice(base * percent / 100);
        if (sale)
            v.listPriceMinor = roundPrice(static_cast<double>(v.priceMinor) * 1.15);
        v.stock = firstStock(w.rng);
        p.variants.push_back(std::move(v));
    }
    return p;
}

// Most are on sale; some wait for a review, some rest. True: it sold over the whole month.
bool settleLife(World& w, const ProductDetail& made, const SeedVendor& vendor, Instant created)
{
    const ProductId id = made.summary.id;
    const int draw = w.rng.below(100);
    const auto move = [&](Actor actor, Instant at, ProductStatus to, std::int64_t version, const QString& reason = {}) {
        Txn txn = w.at(at, std::move(actor));
        View view = payloadView(at);
        moveProduct(txn, view, id, version, {to, reason});
    };
    if (draw < 3) {
        move(w.manager(vendor.id), w.now - w.rng.minutes(30, 3000), ProductStatus::InReview, 1);
        return false;
    }
    if (draw < 5)
        return false; // a draft
    move(w.operatorStaff(), created + w.rng.minutes(60, 600), ProductStatus::Approved, 1);
    if (draw < 6)
        return false;
    move(w.manager(vendor.id), created + w.rng.minutes(700, 1200), ProductStatus::Active, 2);
    if (draw < 9)
        move(w.manager(vendor.id), w.now - w.rng.minutes(300, 9000), ProductStatus::Paused, 3, u"재입고를 기다립니다"_s);
    else if (draw < 10)
        move(w.operatorStaff(), w.now - w.rng.minutes(300, 9000), ProductStatus::Discontinued, 3, u"단종"_s);
    return draw >= 10;
}

void makeGood(World& w, const SeedVendor& vendor, const Noun& noun, const Modifier& modifier)
{
    const Instant created = w.now - kDay * w.rng.between(33, 44) - w.rng.minutes(0, 600);
    Txn txn = w.at(created, w.manager(vendor.id));
    View view = payloadView(created);
    view.vendor = vendor.id;
    view.letter = 'V';
    const ProductDetail made = createProduct(txn, view, plannedGood(w, vendor, noun, modifier));
    w.products.push_back(made.summary.id);
    const bool sold = settleLife(w, made, vendor, created);
    const int weight = w.rng.chance(12) ? 10 : w.rng.between(1, 4);
    for (const Variant& v : made.variants)
        if (sold && !v.stock.empty() && v.stock.front().onHand > 0)
            w.goods.push_back({v.id, vendor.id, v.stock.front().id, weight});
}

void makeBookable(World& w, const Bookable& b)
{
    const SeedVendor& vendor = w.vendors.at(text(b.vendor));
    const Instant created = w.now - kDay * w.rng.between(38, 44) - w.rng.minutes(0, 600);
    NewProduct p;
    p.vendorId = vendor.id;
    p.code = u"R-"_s + text(b.code);
    p.kind = ProductKind::Reservation;
    p.titleKo = text(b.ko);
    p.titleEn = text(b.en);
    p.body = u"%1 예약 상품입니다. 시작 24시간 전까지 무료로 취소할 수 있습니다."_s.arg(p.titleKo);
    p.taxClass = u"service"_s;
    p.currency = u"KRW"_s;
    p.activate = true;
    if (b.variants.size() > 1)
        p.optionGroups = {b.durationMin >= 20 * 60 ? u"객실·구역"_s : u"구성"_s};
    int index = 0;
    for (const char* option : b.variants) {
        NewVariant v;
        v.sku = u"%1-R-%2-%3"_s.arg(vendor.code.left(3), text(b.code)).arg(++index, 2, 10, QChar(u'0'));
        if (b.variants.size() > 1)
            v.options = {text(option)};
        v.priceMinor = b.price;
        p.variants.push_back(std::move(v));
    }
    Txn txn = w.at(created, w.operatorStaff());
    const ProductDetail made = createProduct(txn, payloadView(created), p);
    w.products.push_back(made.summary.id);
}

} // namespace

void makeParties(World& w)
{
    const Instant start = w.now - kDay * 60;
    const QString phc = hashPassword(QString::fromLatin1(kDemoPassword)); // one for all: every account has the same demo password
    {
        Txn txn = w.at(start, w.system());
        w.staff = createAccount(txn, u"hanjiwoo"_s, u"한지우"_s, Role::Staff, std::nullopt, phc, true);
    }
    int index = 0;
    for (const VendorWords& words : vendors()) {
        const Instant at = start + std::chrono::minutes(++index);
        Txn txn = w.at(at, w.operatorStaff());
        NewVendor v;
        v.code = text(words.code);
        v.name = text(words.name);
        v.payoutCurrency = u"KRW"_s;
        v.tz = u"Asia/Seoul"_s;
        v.acceptSlaMin = words.acceptSlaMin;
        v.shipSlaMin = words.shipSlaMin;
        const VendorId id = createVendor(txn, v, index == 1 ? u"operator"_s : u"marketplace"_s).id;
        const QString login = v.code == u"NAMSAN" ? u"yunseoyoung"_s : u"vendor-"_s + v.code.toLower();
        const UserId manager = createAccount(txn, login, text(words.manager), Role::VendorManager, id, phc, true);
        if (v.code == u"NAMSAN")
            createAccount(txn, u"vendor-namsan"_s, u"남산 티룸 담당"_s, Role::VendorManager, id, phc, true);
        w.vendors.insert_or_assign(v.code, SeedVendor{v.code, id, manager});
        w.managers.insert_or_assign(id, manager);
    }
    Txn txn = w.at(start + std::chrono::hours(1), w.system());
    w.support = createAccount(txn, u"kangminho"_s, u"강민호"_s, Role::SupportAgent, std::nullopt, phc, true);
    createAccount(txn, u"admin"_s, u"관리자"_s, Role::Admin, std::nullopt, phc, true);
    for (int i = 1; i <= 4; ++i)
        w.channels.push_back(createAccount(txn, u"storefront%1"_s.arg(i), u"스토어프런트 %1"_s.arg(i), Role::Channel, std::nullopt, phc, true));
    for (int i = 0; i < kCustomers; ++i) {
        Txn visit = w.at(start + std::chrono::hours(2) + Millis(i * 61'000LL), w.channel());
        NewCustomer c;
        c.externalRef = u"C%1"_s.arg(i + 1, 5, 10, QChar(u'0'));
        c.displayName = koreanName(w.rng.next64());
        w.customers.push_back(createCustomer(visit, c).id);
    }
}

void makeCatalogue(World& w)
{
    for (const Range& range : ranges())
        for (const Noun& noun : range.nouns)
            for (const Modifier& modifier : range.modifiers)
                makeGood(w, w.vendors.at(text(range.vendor)), noun, modifier);
    for (const Bookable& b : bookables())
        makeBookable(w, b);
}

} // namespace naru::server::seed
