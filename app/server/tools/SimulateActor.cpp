// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/SimulateActor.h"

#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"

#include <cmath>

namespace naru::server {

using namespace Qt::StringLiterals;
using Kind = SimulateTask::Kind;

Millis SimulateActor::gap(double ratePerSecond)
{
    return Millis{static_cast<std::int64_t>(std::exponential_distribution<double>(ratePerSecond)(m_random) * 1000)};
}

std::size_t SimulateActor::popular(std::size_t count)
{
    const double u = std::uniform_real_distribution<double>()(m_random);
    if (chance(0.6)) // the cold ones
        return std::min(count - 1, static_cast<std::size_t>(u * static_cast<double>(count)));
    // Inverse of the distribution function of 1/(x+1), close enough to Zipf's law and needs no table.
    return std::min(count - 1, static_cast<std::size_t>(std::pow(static_cast<double>(count) + 1, u)) - 1);
}

bool SimulateActor::act()
{
    if (const auto task = m_world.due())
        return doTask(*task);
    if (m_world.offers().empty() || (!m_world.slots().empty() && chance(0.5)))
        return reserve();
    return order();
}

bool SimulateActor::doTask(const SimulateTask& task)
{
    const protocol::json::object why{{"reason", "plans changed"}};
    switch (task.kind) {
    case Kind::ConfirmTicket: return confirm(task);
    case Kind::CancelTicket: return m_caller.post(shop(), "/v1/tickets/" + task.id + "/cancellation", why).ok();
    case Kind::CancelReservation: return cancelReservation(task);
    case Kind::PayOrder: return pay(task);
    case Kind::CancelOrder: return m_caller.post(shop(), "/v1/orders/" + task.id + "/cancellation", why).ok();
    case Kind::MoveOrder: return moveOrder(task);
    case Kind::Restock: return restock(task);
    }
    return false;
}

bool SimulateActor::confirm(const SimulateTask& task)
{
    const SimulateReply reply = m_caller.post(shop(), "/v1/tickets/" + task.id + "/confirmation", protocol::json::object());
    if (const auto ticket = reply.ok() ? reply.as<Ticket>() : std::nullopt)
        followTicket(*ticket);
    return reply.ok();
}

bool SimulateActor::pay(const SimulateTask& task)
{
    PaymentReport report;
    report.provider = u"demo-pay"_s;
    report.providerRef = QString::fromStdString("pay-" + task.id);
    report.authorisedMinor = task.number;
    const SimulateReply reply = m_caller.post(shop(), "/v1/orders/" + task.id + "/payments", protocol::toJson(report));
    if (const auto paid = reply.ok() ? reply.as<Order>() : std::nullopt)
        followOrder(*paid);
    return reply.ok();
}

bool SimulateActor::reserve()
{
    NewTicket ticket;
    const auto& customers = m_world.customers();
    ticket.customerId = customers[m_random() % customers.size()];
    ticket.goal = chance(0.7) ? TicketGoal::Hold : TicketGoal::Confirm;
    const int lines = chance(0.15) ? 2 : 1;
    for (int i = 0; i < lines; ++i) {
        const ItemId item = m_world.slots()[popular(m_world.slots().size())];
        if (ticket.lines.empty() || ticket.lines.front().itemId != item)
            ticket.lines.push_back({item, static_cast<std::int64_t>(1 + m_random() % 3)});
    }
    const SimulateReply reply = m_caller.post(shop(), "/v1/tickets", protocol::toJson(ticket), {{"Prefer", "wait=5"}});
    if (const auto made = reply.ok() ? reply.as<Ticket>() : std::nullopt)
        followTicket(*made);
    return reply.ok();
}

void SimulateActor::followTicket(const Ticket& ticket)
{
    SimulateTask task;
    task.id = ticket.id.toString().toStdString();
    if (ticket.status == TicketStatus::Held) {
        if (chance(0.15)) {
            task.kind = Kind::CancelTicket;
            m_world.later(task, between(5, 60));
        } else if (chance(0.85)) { // the others forget, and the hold runs out
            task.kind = Kind::ConfirmTicket;
            m_world.later(task, between(3, 40));
        }
    } else if (ticket.status == TicketStatus::Confirmed && ticket.reservationId && chance(0.3)) {
        task.kind = Kind::CancelReservation;
        task.id = ticket.reservationId->toString().toStdString();
        m_world.later(task, between(20, 300));
    }
}

bool SimulateActor::order()
{
    const auto& offers = m_world.offers();
    NewOrder order;
    const auto& customers = m_world.customers();
    order.customerId = customers[m_random() % customers.size()];
    order.channel = u"web"_s;
    const std::size_t lines = 1 + m_random() % 4;
    for (std::size_t i = 0; i < lines * 2 && order.lines.size() < lines; ++i) {
        const SimulateOffer& offer = offers[popular(offers.size())];
        if (order.lines.empty())
            order.currency = offer.currency;
        const bool twice = std::any_of(order.lines.begin(), order.lines.end(), [&](const NewOrderLine& l) { return l.offerId == offer.id; });
        if (twice || offer.currency != order.currency)
            continue;
        NewOrderLine line;
        line.offerId = offer.id;
        line.qty = static_cast<std::int64_t>(1 + m_random() % 2);
        order.lines.push_back(line);
    }
    const SimulateReply reply = m_caller.post(shop(), "/v1/orders", protocol::toJson(order));
    if (const auto made = reply.ok() ? reply.as<Order>() : std::nullopt) {
        SimulateTask task;
        task.id = made->id.toString().toStdString();
        task.number = made->totalMinor;
        if (chance(0.07)) {
            task.kind = Kind::CancelOrder;
            m_world.later(task, between(5, 60));
        } else if (chance(0.95)) { // the others never pay, and the order expires
            task.kind = Kind::PayOrder;
            m_world.later(task, between(1, 20));
        }
        return true;
    }
    const protocol::json::object* problem = reply.body.if_object();
    const protocol::json::value* item = problem ? problem->if_contains("item_id") : nullptr;
    if ((reply.code != u"sold_out" && reply.code != u"held_by_others") || !item || !item->is_string())
        return false;
    SimulateTask task;
    task.kind = Kind::Restock;
    task.id = std::string(item->get_string());
    m_world.later(task, between(5, 30));
    return false;
}

void SimulateActor::followOrder(const Order& order)
{
    for (const VendorOrderCard& card : order.vendorOrders) {
        SimulateTask task;
        task.kind = Kind::MoveOrder;
        task.id = card.id.toString().toStdString();
        task.number = card.version;
        task.vendor = card.vendorId;
        task.to = chance(0.03) ? VendorOrderStatus::Refused : VendorOrderStatus::Accepted;
        m_world.later(task, between(5, 90));
    }
}

bool SimulateActor::moveOrder(SimulateTask task)
{
    SimulateAccount* account = m_world.vendor(task.vendor);
    if (!account)
        return false;
    VendorOrderMove move;
    move.to = task.to;
    if (task.to == VendorOrderStatus::Refused)
        move.reason = u"품절되었습니다"_s;
    if (task.to == VendorOrderStatus::Shipped) {
        static const char16_t* carriers[] = {u"CJ대한통운", u"한진택배", u"롯데택배", u"우체국택배"};
        move.carrier = QString::fromUtf16(carriers[m_random() % std::size(carriers)]);
        move.trackingNo = QString::number(100'000'000'000 + static_cast<std::int64_t>(m_random() % 900'000'000'000));
    }
    const std::string path = "/v1/vendor-orders/" + task.id;
    const SimulateReply reply = m_caller.post(*account, path + "/transitions", protocol::toJson(move), {SimulateCaller::ifMatch(task.number)});
    const auto detail = reply.ok() ? reply.as<VendorOrderDetail>() : std::nullopt;
    if (!detail)
        return reply.ok(); // somebody else moved it: theirs to carry on
    task.number = detail->card.version;
    switch (detail->card.status) {
    case VendorOrderStatus::Accepted: task.to = VendorOrderStatus::Preparing; break;
    case VendorOrderStatus::Preparing: task.to = VendorOrderStatus::Shipped; break;
    case VendorOrderStatus::Shipped: task.to = VendorOrderStatus::Delivered; break;
    default: return true;
    }
    m_world.later(task, between(10, 120));
    return true;
}

bool SimulateActor::cancelReservation(const SimulateTask& task)
{
    const auto now = m_caller.get(shop(), "/v1/reservations/" + task.id).as<Reservation>();
    if (!now || now->status != ReservationStatus::Confirmed)
        return false;
    return m_caller.post(shop(), "/v1/reservations/" + task.id + "/cancellation", protocol::json::object{{"reason", "일정 변경"}},
        {SimulateCaller::ifMatch(now->version)}).ok();
}

bool SimulateActor::restock(const SimulateTask& task)
{
    const auto level = m_caller.get(shop(), "/v1/stock/" + task.id).as<StockLevel>();
    SimulateAccount* account = level ? m_world.vendor(level->vendorId) : nullptr;
    if (!account || level->kind != StockKind::Stock || level->available() > 10)
        return false;
    StockChange change;
    change.kind = u"received"_s;
    change.delta = static_cast<std::int64_t>(40 + m_random() % 160);
    change.reason = u"입고"_s;
    return m_caller.post(*account, "/v1/stock/" + task.id + "/movements", protocol::toJson(change), {SimulateCaller::ifMatch(level->version)}).ok();
}

} // namespace naru::server
