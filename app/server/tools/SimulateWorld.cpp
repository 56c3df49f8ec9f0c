// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/SimulateWorld.h"

#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"
#include "server/auth/Accounts.h"
#include "server/http/Url.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostProducts = 150;
constexpr std::size_t kMostSlots = 1000;

// All pages of a list, or as much as `most` things.
template <class T> std::vector<T> all(SimulateCaller& caller, SimulateAccount& account, const std::string& path, std::size_t most)
{
    std::vector<T> out;
    std::string after;
    do {
        const auto page = caller.get(account, path + after).as<Page<T>>();
        if (!page)
            return out;
        out.insert(out.end(), page->items.begin(), page->items.end());
        after = page->next.isEmpty() ? std::string() : "&after=" + percentEncode(page->next.toStdString());
    } while (!after.empty() && out.size() < most);
    return out;
}

} // namespace

QString SimulateWorld::load(SimulateCaller& caller)
{
    if (const QString why = signInAll(caller); !why.isEmpty())
        return why;
    loadOffers(caller);
    loadSlots(caller);
    loadCustomers(caller);
    loadOpenOrders(caller);
    if (m_run.over())
        return {};
    if (m_offers.empty() && m_slots.empty())
        return u"there is nothing on sale; run narud seed first"_s;
    return m_customers.empty() ? u"no customer could be made"_s : QString();
}

QString SimulateWorld::signInAll(SimulateCaller& caller)
{
    const QString password = m_options.password.isEmpty() ? QString::fromLatin1(kDemoPassword) : m_options.password;
    if (m_options.login == u"storefront1") {
        for (int i = 1; i <= 4; ++i)
            m_storefronts.push_back(std::make_unique<SimulateAccount>(u"storefront%1"_s.arg(i), password));
    } else {
        m_storefronts.push_back(std::make_unique<SimulateAccount>(m_options.login, password));
    }
    for (const auto& account : m_storefronts)
        if (!caller.get(*account, "/v1/session").ok() && !m_run.over())
            return u"%1 cannot sign in: %2"_s.arg(account->login(), account->trouble());
    for (const Vendor& vendor : all<Vendor>(caller, storefront(0), "/v1/vendors?limit=100", 500)) {
        auto account = std::make_unique<SimulateAccount>(u"vendor-"_s + vendor.code.toLower(), password);
        if (caller.get(*account, "/v1/session").ok())
            m_vendors.emplace(vendor.id, std::move(account));
    }
    return {};
}

void SimulateWorld::loadOffers(SimulateCaller& caller)
{
    for (const ProductSummary& p : all<ProductSummary>(caller, storefront(0), "/v1/products?kind=sale&status=active&limit=100", kMostProducts)) {
        const auto detail = caller.get(storefront(0), "/v1/products/" + p.id.toString().toStdString()).as<ProductDetail>();
        if (!detail)
            continue;
        for (const Variant& v : detail->variants)
            if (v.enabled && v.offer && v.offer->purchasable)
                m_offers.push_back({v.offer->id, p.vendorId, v.offer->price.currency});
    }
    // Which ones are hot must not depend on the order of the list.
    std::shuffle(m_offers.begin(), m_offers.end(), std::mt19937_64(m_options.seed));
}

void SimulateWorld::loadSlots(SimulateCaller& caller)
{
    const std::string from = percentEncode(toRfc3339(m_run.clock.now() + Millis{3600'000}).toStdString());
    for (const Slot& s : all<Slot>(caller, storefront(0), "/v1/slots?limit=200&from=" + from, kMostSlots))
        if (s.status == SlotStatus::Open && s.capacity.onHand > 0)
            m_slots.push_back(s.capacity.id);
    std::shuffle(m_slots.begin(), m_slots.end(), std::mt19937_64(m_options.seed + 1));
}

void SimulateWorld::loadCustomers(SimulateCaller& caller)
{
    const auto wanted = static_cast<std::size_t>(m_options.customers);
    for (const Customer& c : all<Customer>(caller, storefront(0), "/v1/customers?limit=200", wanted))
        m_customers.push_back(c.id);
    static const char16_t* family[] = {u"김", u"이", u"박", u"최", u"정", u"강", u"조", u"윤", u"장", u"임", u"한", u"오", u"서", u"신", u"권", u"황"};
    static const char16_t* given[] = {u"하늘", u"서준", u"지안", u"도윤", u"수아", u"예준", u"하린", u"시우", u"다온", u"유나", u"현우", u"채원", u"민재", u"소율", u"건우", u"나윤"};
    std::mt19937_64 random(m_options.seed + 2);
    for (std::size_t i = m_customers.size(); i < wanted && !m_run.over(); ++i) {
        NewCustomer c;
        c.externalRef = u"sim-%1-%2"_s.arg(m_options.seed).arg(i);
        c.displayName = QString::fromUtf16(family[random() % std::size(family)]) + QString::fromUtf16(given[random() % std::size(given)]);
        if (const auto made = caller.post(storefront(0), "/v1/customers", protocol::toJson(c)).as<Customer>())
            m_customers.push_back(made->id);
    }
}

void SimulateWorld::loadOpenOrders(SimulateCaller& caller)
{
    // What was begun before goes on, but over the next half hour: a board that empties at once is no picture of a day.
    std::mt19937_64 random(m_options.seed + 3);
    for (const auto& [id, account] : m_vendors) {
        for (const VendorOrderCard& card : all<VendorOrderCard>(caller, *account, "/v1/vendor-orders?open=true&limit=200", 400)) {
            SimulateTask task;
            task.kind = SimulateTask::Kind::MoveOrder;
            task.id = card.id.toString().toStdString();
            task.number = card.version;
            task.vendor = id;
            switch (card.status) {
            case VendorOrderStatus::AwaitingAcceptance: task.to = VendorOrderStatus::Accepted; break;
            case VendorOrderStatus::Accepted: task.to = VendorOrderStatus::Preparing; break;
            case VendorOrderStatus::Preparing:
            case VendorOrderStatus::PartiallyShipped: task.to = VendorOrderStatus::Shipped; break;
            case VendorOrderStatus::Shipped: task.to = VendorOrderStatus::Delivered; break;
            default: continue;
            }
            later(task, Millis{60'000 + static_cast<std::int64_t>(random() % (30 * 60'000))});
        }
    }
}

SimulateAccount* SimulateWorld::vendor(const VendorId& id)
{
    const auto it = m_vendors.find(id);
    return it == m_vendors.end() || it->second->isOut() ? nullptr : it->second.get();
}

void SimulateWorld::later(SimulateTask task, Millis delay)
{
    task.due = m_run.clock.steady() + delay;
    const std::lock_guard lock(m_lock);
    m_tasks.push(std::move(task));
}

std::optional<SimulateTask> SimulateWorld::due()
{
    const std::lock_guard lock(m_lock);
    if (m_tasks.empty() || m_tasks.top().due > m_run.clock.steady())
        return std::nullopt;
    SimulateTask task = m_tasks.top();
    m_tasks.pop();
    return task;
}

std::size_t SimulateWorld::waiting() const
{
    const std::lock_guard lock(m_lock);
    return m_tasks.size();
}

} // namespace naru::server
