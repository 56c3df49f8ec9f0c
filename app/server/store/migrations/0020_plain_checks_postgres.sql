-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- As on SQLite: tickets that nobody waits for any more are found by when that is, and lists of one status in their order. Each index is for one
-- question, which repeats the words of its condition.

DROP INDEX ticket_open;
CREATE INDEX ticket_give_up ON ticket(give_up_at) WHERE status = 'queued' AND give_up_at > 0;
CREATE INDEX ticket_listed ON ticket(status, id)
    WHERE (status = 'held' OR status = 'queued' OR status = 'processing' OR status = 'waitlisted' OR status = 'expired' OR status = 'cancelled' OR status = 'failed') AND id > '';

-- What a vendor's part of an order was paid is asked with every step of it.
CREATE INDEX payment_split_vendor_order ON payment_split(vendor_order_id);
