-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- Tickets that nobody waits for any more are found by when that is, as on SQLite, and not among all that are open.

DROP INDEX ticket_open;
CREATE INDEX ticket_give_up ON ticket(give_up_at) WHERE status = 'queued' AND give_up_at > 0; -- so says only who asks for that time

-- What a vendor's part of an order was paid is asked with every step of it.
CREATE INDEX payment_split_vendor_order ON payment_split(vendor_order_id);
