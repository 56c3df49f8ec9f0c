-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- SQLite makes a table in memory of every list of three values or more, each time a statement with one is run: those of a booking's CHECKs and
-- partial indexes were a third of what the booking cost. Comparisons joined by OR say the same and make nothing. Only the words of the
-- schema change, so no row is touched (sqlite.org/lang_altertable.html §7).

PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql = replace(sql, 'status IN (''queued'',''processing'',''held'',''confirmed'',''waitlisted'',''rejected'',''expired'',''cancelled'',''failed'')',
    'status = ''confirmed'' OR status = ''held'' OR status = ''rejected'' OR status = ''queued'' OR status = ''processing'' OR status = ''waitlisted'' OR status = ''expired'' OR status = ''cancelled'' OR status = ''failed''')
WHERE type = 'table' AND name = 'ticket';
UPDATE sqlite_schema SET sql = replace(sql, 'status IN (''pending'',''confirmed'',''cancel_requested'',''cancelled'',''checked_in'',''no_show'',''completed'',''expired'')',
    'status = ''confirmed'' OR status = ''cancelled'' OR status = ''pending'' OR status = ''cancel_requested'' OR status = ''checked_in'' OR status = ''no_show'' OR status = ''completed'' OR status = ''expired''')
WHERE type = 'table' AND name = 'reservation';
UPDATE sqlite_schema SET sql = replace(sql, 'status IN (''active'',''converted'',''released'',''expired'')',
    'status = ''active'' OR status = ''converted'' OR status = ''released'' OR status = ''expired''')
WHERE type = 'table' AND name = 'hold';
UPDATE sqlite_schema SET sql = replace(sql, 'kind IN (''received'',''adjusted'',''held'',''hold_released'',''hold_expired'',''allocated'',''released'',''shipped'',''returned'')',
    'kind = ''allocated'' OR kind = ''held'' OR kind = ''released'' OR kind = ''hold_expired'' OR kind = ''hold_released'' OR kind = ''received'' OR kind = ''adjusted'' OR kind = ''shipped'' OR kind = ''returned''')
WHERE type = 'table' AND name = 'stock_movement';
UPDATE sqlite_schema SET sql = replace(sql, 'status IN (''requested'',''approved'',''processing'',''succeeded'',''failed'',''rejected'')',
    'status = ''requested'' OR status = ''approved'' OR status = ''processing'' OR status = ''succeeded'' OR status = ''failed'' OR status = ''rejected''')
WHERE type = 'table' AND name = 'refund';
PRAGMA writable_schema=RESET;

-- This refuses to go on if one of them did not say what was expected.
CREATE TABLE every_check_is_plain (ok INTEGER NOT NULL CHECK (ok = 5));
INSERT INTO every_check_is_plain SELECT COUNT(*) FROM sqlite_schema
WHERE type = 'table' AND name IN ('ticket','reservation','hold','stock_movement','refund') AND (sql LIKE '%(status = %' OR sql LIKE '%(kind = %');
DROP TABLE every_check_is_plain;

-- SQLite does not take "= 'queued'" for one of a list: what is given up was looked for among all tickets, and a list of those that are held
-- walked all, too. Each index is for one question, which repeats the words of its condition; nothing else is answered by it.
DROP INDEX ticket_open;
CREATE INDEX ticket_give_up ON ticket(give_up_at) WHERE status = 'queued' AND give_up_at > 0;
CREATE INDEX ticket_listed ON ticket(status, id)
    WHERE (status = 'held' OR status = 'queued' OR status = 'processing' OR status = 'waitlisted' OR status = 'expired' OR status = 'cancelled' OR status = 'failed') AND id > '';
DROP INDEX reservation_of_customer;
CREATE INDEX reservation_of_customer ON reservation(customer_id)
    WHERE status = 'confirmed' OR status = 'pending' OR status = 'cancel_requested' OR status = 'checked_in';

-- What a vendor's part of an order was paid is asked with every step of it.
CREATE INDEX payment_split_vendor_order ON payment_split(vendor_order_id);
