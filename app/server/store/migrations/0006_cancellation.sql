-- SPDX-License-Identifier: GPL-3.0-or-later
-- What cancelling, check-in and close-out look for.
CREATE INDEX slot_running ON slot(starts_at) WHERE status IN ('open','closed');
CREATE INDEX slot_over ON slot(ends_at) WHERE status IN ('open','closed');
CREATE INDEX reservation_waiting ON reservation(status) WHERE status = 'cancel_requested';
CREATE INDEX reservation_order ON reservation(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX refund_reservation ON refund(reservation_id);
CREATE INDEX refund_payment ON refund(payment_id);
CREATE INDEX refund_created ON refund(created_at, id);
