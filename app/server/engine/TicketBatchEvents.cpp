// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/TicketBatch.h"

#include "protocol/Events.h"
#include "protocol/JsonText.h"

// What a batch tells the streams: built from what it has in memory, without asking the database again.
namespace naru::server {

using namespace Qt::StringLiterals;

std::optional<VendorId> TicketBatch::soleVendor(const Work& w) const
{
    for (const AskLine& line : w.lines)
        if (m_items[line.row].stock.vendorId != w.ticket.vendorId)
            return std::nullopt; // one payload cannot serve several vendors: operator side only
    return w.lines.empty() ? std::nullopt : std::optional(w.ticket.vendorId);
}

QString TicketBatch::otherVendors(const Work& w) const
{
    QString others;
    for (const AskLine& line : w.lines) {
        const VendorId& vendor = m_items[line.row].stock.vendorId;
        if (vendor == w.ticket.vendorId)
            continue;
        const QString text = vendor.toString();
        if (!others.contains(text))
            others += others.isEmpty() ? text : u' ' + text;
    }
    return others;
}

void TicketBatch::publishTicket(const Work& w, const Ticket& as)
{
    m_txn.publishText(protocol::topic::kTicket, soleVendor(w), "ticket", as.id.value, as.version, protocol::toJsonText(as));
}

void TicketBatch::publishHoldOf(const Work& w, const HoldWrite& h)
{
    const Ticket& t = w.ticket;
    Hold hold;
    hold.id = h.id;
    hold.ticketId = t.id;
    hold.vendorId = t.vendorId;
    hold.customerId = t.customerId;
    hold.customerName = t.customerName;
    hold.title = t.title;
    hold.qty = t.qty;
    hold.createdAt = m_txn.now();
    hold.expiresAt = h.expiresAt;
    hold.maxUntil = h.maxUntil;
    hold.version = 1;
    m_txn.publishText(protocol::topic::kHold, soleVendor(w), "hold", h.id.value, 1, protocol::toJsonText(hold));
}

void TicketBatch::publishReservationOf(const Work& w, const ReservationWrite& r, const std::vector<Piece>& pieces)
{
    const Ticket& t = w.ticket;
    Reservation out;
    out.id = r.id;
    out.code = r.code;
    out.vendorId = t.vendorId;
    out.customerId = t.customerId;
    out.customerName = t.customerName;
    out.title = t.title;
    out.qty = t.qty;
    out.confirmedAt = m_txn.now();
    out.createdAt = m_txn.now();
    out.version = 2;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const BatchItems::Item& item = m_items[w.lines[i].row];
        ReservationLine line;
        line.itemId = item.stock.id;
        if (item.label) {
            line.slotId = item.label->slotId.value_or(SlotId{});
            line.title = item.label->full;
            line.startsAt = item.label->startsAt;
        }
        line.qty = pieces[i].qty;
        line.unitPriceMinor = pieces[i].unitPriceMinor;
        out.total.currency = pieces[i].currency;
        out.total.minor += line.qty * line.unitPriceMinor;
        out.lines.push_back(std::move(line));
    }
    m_txn.publishText(protocol::topic::kReservation, soleVendor(w), "reservation", r.id.value, 2, protocol::toJsonText(out));
}

} // namespace naru::server
