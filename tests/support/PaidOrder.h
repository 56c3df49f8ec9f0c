// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

namespace naru::test {

// An order that is paid, with the reservation as what was bought: rows only, as a checkout would leave them.
inline PaymentId payFor(server::Txn& txn, const ReservationId& reservation, std::int64_t captured)
{
    using namespace Qt::StringLiterals;
    using server::Param;
    const auto order = txn.newId<OrderId>();
    const auto payment = txn.newId<PaymentId>();
    server::Connection& db = txn.db();
    db.exec(u"INSERT INTO sales_order (id, code, customer_id, channel, currency, request_key, status, payment_status, fulfilment_status, items_minor, total_minor, placed_at, "
            "created_at, updated_at) SELECT ?, ?, customer_id, 'web', 'KRW', ?, 'placed', 'captured', 'none', ?, ?, ?, ?, ? FROM reservation WHERE id = ?"_s,
        {order, u"PAID-"_s + order.toString(), order.toString(), captured, captured, txn.now(), txn.now(), txn.now(), reservation});
    db.exec(u"INSERT INTO payment (id, order_id, provider, status, currency, authorised_minor, captured_minor, request_key) VALUES (?, ?, 'card', 'captured', 'KRW', ?, ?, ?)"_s,
        {payment, order, captured, captured, payment.toString()});
    for (const char* kind : {"authorise", "capture"})
        db.exec(u"INSERT INTO payment_event (id, payment_id, kind, amount_minor, provider_event_id, raw_json, at) VALUES (?, ?, ?, ?, ?, '{}', ?)"_s,
            {txn.newId<Id<struct PaymentEventTag>>(), payment, kind, captured, QString::fromLatin1(kind), txn.now()});
    db.exec(u"UPDATE reservation SET order_id = ? WHERE id = ?"_s, {order, reservation});
    return payment;
}

} // namespace naru::test
