// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Accounts.h"
#include "server/auth/Passwords.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"
#include "server/domain/Slots.h"
#include "support/TestServer.h"

#include <QDateTime>

namespace naru::test {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

VendorId vendor(Txn& txn, const char* code, const QString& name, const QString& kind = u"marketplace"_s)
{
    NewVendor v;
    v.code = QString::fromLatin1(code);
    v.name = name;
    v.payoutCurrency = u"KRW"_s;
    v.tz = u"Asia/Seoul"_s;
    return createVendor(txn, v, kind).id;
}

struct Made {
    ProductId product;
    std::vector<VariantId> variants;
    std::vector<OfferId> offers;
    std::vector<ItemId> items;
};

Made product(Txn& txn, const NewProduct& wanted)
{
    const ProductDetail detail = createProduct(txn, payloadView(txn.now()), wanted);
    Made made;
    made.product = detail.summary.id;
    for (const Variant& v : detail.variants) {
        made.variants.push_back(v.id);
        made.offers.push_back(v.offer->id);
        for (const StockLevel& s : v.stock)
            made.items.push_back(s.id);
    }
    return made;
}

NewProduct plain(const VendorId& owner, const char* code, const QString& title, ProductKind kind)
{
    NewProduct p;
    p.vendorId = owner;
    p.code = QString::fromLatin1(code);
    p.kind = kind;
    p.titleKo = title;
    p.currency = u"KRW"_s;
    p.activate = true;
    return p;
}

void makeGoods(Txn& txn, SmallData& data)
{
    NewProduct tea = plain(data.teaVendor, "TEA-1", u"세작 녹차"_s, ProductKind::Sale);
    tea.titleEn = u"Sejak green tea"_s;
    tea.optionGroups = {u"용량"_s};
    tea.variants = {{u"TEA-1-40"_s, {u"40 g"_s}, 12000, {}, 100}, {u"TEA-1-80"_s, {u"80 g"_s}, 18000, {}, 10}};
    const Made made = product(txn, tea);
    data.tea = made.product;
    data.teaVariants = made.variants;
    data.teaOffers = made.offers;
    data.teaStock = made.items;

    NewProduct cup = plain(data.yachtVendor, "CUP-1", u"한강 머그"_s, ProductKind::Sale);
    cup.variants = {{u"CUP-1"_s, {}, 9000, {}, 50}};
    const Made mug = product(txn, cup);
    data.cup = mug.product;
    data.cupVariant = mug.variants.at(0);
    data.cupOffer = mug.offers.at(0);
    data.cupStock = mug.items.at(0);
}

void makeSlots(Txn& txn, SmallData& data)
{
    NewProduct yacht = plain(data.yachtVendor, "YACHT-90", u"선셋 요트 90분"_s, ProductKind::Reservation);
    yacht.titleEn = u"Sunset yacht 90 min"_s;
    yacht.variants = {{u"YACHT-90"_s, {}, 45000, {}, 0}};
    const Made made = product(txn, yacht);
    data.yacht = made.product;
    data.yachtVariant = made.variants.at(0);
    data.yachtOffer = made.offers.at(0);
    constexpr std::int64_t day = 24 * 3600'000;
    constexpr std::int64_t seoul = 9 * 3600'000;
    const std::int64_t today = (toUnixMs(txn.now()) + seoul) / day * day - seoul;
    const std::int64_t seats[] = {100, 8, 1};
    for (int i = 0; i < 3; ++i) {
        NewSlot slot;
        slot.variantId = data.yachtVariant;
        slot.startsAt = fromUnixMs(today + (i + 1) * day + (17 * 60 + 30) * 60'000);
        slot.durationMin = 90;
        slot.tz = u"Asia/Seoul"_s;
        slot.capacity = seats[i];
        const Slot opened = createSlot(txn, payloadView(txn.now()), slot);
        data.slots.push_back(opened.id);
        data.slotItems.push_back(opened.capacity.id);
    }
}

void makePeople(Txn& txn, SmallData& data)
{
    // One hash for all: hashing is meant to be dear.
    static const QString phc = hashPassword(QString::fromLatin1(kDemoPassword));
    const auto person = [&](const char* login, const QString& name, Role role, std::optional<VendorId> vendorId = {}) {
        createAccount(txn, QString::fromLatin1(login), name, role, vendorId, phc, role != Role::Channel);
    };
    person("staff1", u"한지우"_s, Role::Staff);
    person("staff2", u"오세린"_s, Role::Staff);
    person("tea", u"윤서영"_s, Role::VendorManager, data.teaVendor);
    person("teamember", u"임다온"_s, Role::VendorMember, data.teaVendor);
    person("yacht", u"배도현"_s, Role::VendorManager, data.yachtVendor);
    person("vendor-namsan", u"남산 티룸"_s, Role::VendorManager, data.teaVendor);
    person("vendor-hangang", u"한강 요트"_s, Role::VendorManager, data.yachtVendor);
    person("support1", u"강민호"_s, Role::SupportAgent);
    person("admin1", u"관리자"_s, Role::Admin);
    for (int i = 1; i <= 4; ++i)
        person(qPrintable(u"store%1"_s.arg(i)), u"스토어 %1"_s.arg(i), Role::Channel);
    data.customer = createCustomer(txn, {u"C-1"_s, u"김하늘"_s}).id;
    data.otherCustomer = createCustomer(txn, {u"C-2"_s, u"이서준"_s}).id;
}

} // namespace

SmallData makeSmallData(Txn& txn)
{
    SmallData data;
    data.operatorVendor = vendor(txn, "NARU", u"나루"_s, u"operator"_s);
    data.teaVendor = vendor(txn, "NAMSAN", u"남산 티룸"_s);
    data.yachtVendor = vendor(txn, "HANGANG", u"한강 요트"_s);
    makeGoods(txn, data);
    makeSlots(txn, data);
    makePeople(txn, data);
    return data;
}

} // namespace naru::test
