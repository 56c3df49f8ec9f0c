-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- What every booking writes, in fewer rows and trees: the seats of a reservation's line stand in the line, events of one transaction share
-- a row, and what was an order in time is read off the ids, which begin with the time they were made.

ALTER TABLE reservation_line ADD COLUMN seats BIGINT NOT NULL DEFAULT 0 CHECK (seats >= 0); -- that it has of its item
ALTER TABLE reservation_line ADD COLUMN seats_status TEXT CHECK (seats_status IN ('active','consumed')); -- NULL: none
ALTER TABLE reservation_line ADD COLUMN seats_version BIGINT NOT NULL DEFAULT 0;
UPDATE reservation_line SET seats_status = (SELECT MAX(a.status) FROM allocation a WHERE a.reservation_line_id = reservation_line.id AND a.status IN ('active','consumed')),
    seats = COALESCE((SELECT SUM(a.qty) FROM allocation a WHERE a.reservation_line_id = reservation_line.id AND a.status IN ('active','consumed')), 0), seats_version = 1;

CREATE TABLE order_allocation (
    id TEXT PRIMARY KEY,
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    order_line_id TEXT NOT NULL REFERENCES order_line(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    status TEXT NOT NULL CHECK (status IN ('active','consumed','released')),
    at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO order_allocation SELECT id, inventory_item_id, order_line_id, qty, status, at, version FROM allocation WHERE order_line_id IS NOT NULL;
DROP TABLE allocation;
CREATE INDEX allocation_active ON order_allocation(inventory_item_id) WHERE status = 'active';
CREATE INDEX allocation_order_line ON order_allocation(order_line_id);
CREATE VIEW allocation AS
SELECT id, inventory_item_id, NULL AS order_line_id, id AS reservation_line_id, seats AS qty, seats_status AS status, seats_version AS version
FROM reservation_line WHERE seats > 0
UNION ALL
SELECT id, inventory_item_id, order_line_id, NULL, qty, status, version FROM order_allocation;

CREATE TABLE outbox_page (
    first_seq INTEGER PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL, -- what the events up to here tell of stands in the journal up to there
    events TEXT NOT NULL -- [[topic, vendor or null, entity type, entity id, entity version, payload], …]
);
INSERT INTO outbox_page (first_seq, last_seq, at, journal_seq, events)
SELECT MIN(seq), MAX(seq), MIN(created_at), (SELECT audit_seq FROM tail WHERE id = 1), json_group_array(json_array(topic, scope_vendor_id, entity_type, entity_id, entity_version, json(payload_json)))
FROM (SELECT * FROM outbox ORDER BY seq) GROUP BY seq / 100;
DROP TABLE outbox;
-- By the table of JSON's members alone: a schema that is not trusted may not use the functions.
CREATE VIEW outbox AS
SELECT p.first_seq + e.key AS seq, (SELECT value FROM json_each(e.value) WHERE key = 0) AS topic, (SELECT value FROM json_each(e.value) WHERE key = 1) AS scope_vendor_id,
    (SELECT value FROM json_each(e.value) WHERE key = 2) AS entity_type, (SELECT value FROM json_each(e.value) WHERE key = 3) AS entity_id,
    (SELECT value FROM json_each(e.value) WHERE key = 4) AS entity_version, (SELECT value FROM json_each(e.value) WHERE key = 5) AS payload_json, p.at AS created_at
FROM outbox_page p, json_each(p.events) e;

-- A row of the ledger is known by its item and number.
CREATE TABLE stock_movement_new (
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('received','adjusted','held','hold_released','hold_expired','allocated','released','shipped','returned')),
    d_on_hand BIGINT NOT NULL DEFAULT 0,
    d_allocated BIGINT NOT NULL DEFAULT 0,
    d_held BIGINT NOT NULL DEFAULT 0,
    hold_id TEXT,
    order_line_id TEXT,
    reservation_line_id TEXT,
    fulfilment_id TEXT,
    return_id TEXT,
    reason TEXT,
    actor_id TEXT,
    request_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (inventory_item_id, seq),
    UNIQUE (request_id, inventory_item_id, kind),
    CHECK (d_on_hand <> 0 OR d_allocated <> 0 OR d_held <> 0),
    CHECK (kind <> 'adjusted' OR reason IS NOT NULL)
);
INSERT INTO stock_movement_new SELECT inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held, hold_id, order_line_id, reservation_line_id, fulfilment_id, return_id, reason,
    actor_id, request_id, at FROM stock_movement;
DROP TABLE stock_movement;
ALTER TABLE stock_movement_new RENAME TO stock_movement;
CREATE INDEX stock_movement_hold ON stock_movement(hold_id) WHERE hold_id IS NOT NULL;
CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;
CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;

-- Numbers of the queue come from the one row of `tail`, and codes of reservations from them: no two are the same (I27 looks).
CREATE TABLE ticket_new (
    id TEXT PRIMARY KEY,
    request_key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customer(id),
    partition_no INTEGER NOT NULL,
    queue_seq BIGINT NOT NULL,
    draw_rank BIGINT NOT NULL DEFAULT 0,
    payload_json TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued','processing','held','confirmed','waitlisted','rejected','expired','cancelled','failed')),
    result_code TEXT,
    refused_item_id TEXT,
    soonest_expiry BIGINT,
    reservation_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT,
    enqueued_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    give_up_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    decided_seq BIGINT,
    vendor_id TEXT,
    other_vendors TEXT,
    due_at BIGINT,
    waiting SMALLINT NOT NULL DEFAULT 0,
    opening_id TEXT REFERENCES opening(id),
    lot TEXT
);
INSERT INTO ticket_new SELECT id, request_key, request_hash, customer_id, partition_no, queue_seq, draw_rank, payload_json, status, result_code, refused_item_id, soonest_expiry,
    reservation_id, attempts, worker, lease_until, enqueued_at, started_at, finished_at, give_up_at, version, decided_seq, vendor_id, other_vendors, due_at, waiting, opening_id, lot
FROM ticket ORDER BY queue_seq;
DROP TABLE ticket;
ALTER TABLE ticket_new RENAME TO ticket;
CREATE INDEX ticket_open ON ticket(status) WHERE status IN ('queued','processing','held','waitlisted');
CREATE INDEX ticket_due ON ticket(draw_rank, queue_seq) WHERE status = 'queued' AND due_at IS NOT NULL;
CREATE INDEX ticket_lease ON ticket(lease_until) WHERE status = 'processing';
CREATE INDEX ticket_of_opening ON ticket(opening_id, draw_rank, queue_seq) WHERE status = 'queued' AND opening_id IS NOT NULL;
CREATE INDEX ticket_lots ON ticket(opening_id, lot) WHERE opening_id IS NOT NULL;
CREATE INDEX ticket_unranked ON ticket(opening_id, lot, queue_seq) WHERE status = 'queued' AND opening_id IS NOT NULL AND due_at IS NULL;
CREATE INDEX ticket_due_alone ON ticket(draw_rank, queue_seq) WHERE status = 'queued' AND due_at IS NOT NULL AND opening_id IS NULL;

CREATE TABLE reservation_new (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customer(id),
    order_id TEXT REFERENCES sales_order(id),
    hold_id TEXT REFERENCES hold(id),
    status TEXT NOT NULL CHECK (status IN ('pending','confirmed','cancel_requested','cancelled','checked_in','no_show','completed','expired')),
    policy_id TEXT NOT NULL REFERENCES cancellation_policy(id),
    confirmed_at BIGINT,
    cancelled_at BIGINT,
    cancel_reason TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO reservation_new SELECT id, code, customer_id, order_id, hold_id, status, policy_id, confirmed_at, cancelled_at, cancel_reason, created_at, version FROM reservation ORDER BY id;
DROP TABLE reservation;
ALTER TABLE reservation_new RENAME TO reservation;
CREATE UNIQUE INDEX reservation_hold ON reservation(hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX reservation_cancelled ON reservation(cancelled_at) WHERE cancelled_at IS NOT NULL;
CREATE INDEX reservation_waiting ON reservation(status) WHERE status = 'cancel_requested';
CREATE INDEX reservation_order ON reservation(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX reservation_of_customer ON reservation(customer_id) WHERE status IN ('pending','confirmed','cancel_requested','checked_in');

DROP INDEX journal_entity;
CREATE UNIQUE INDEX journal_entity ON journal(entity_id, entity_version);
