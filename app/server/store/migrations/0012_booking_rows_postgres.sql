-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- What every booking writes, in fewer rows and trees: the seats of a reservation's line stand in the line, events of one transaction share
-- a row, and what was an order in time is read off the ids, which begin with the time they were made.

ALTER TABLE reservation_line ADD COLUMN seats BIGINT NOT NULL DEFAULT 0, -- that it has of its item
    ADD COLUMN seats_status TEXT, -- active, consumed; NULL: none
    ADD COLUMN seats_version BIGINT NOT NULL DEFAULT 0;
UPDATE reservation_line l SET seats = a.qty, seats_status = a.status, seats_version = 1
FROM (SELECT reservation_line_id, SUM(qty) AS qty, MAX(status) AS status FROM allocation WHERE status IN ('active','consumed') AND reservation_line_id IS NOT NULL
    GROUP BY reservation_line_id) a WHERE a.reservation_line_id = l.id;
ALTER TABLE reservation_line ADD CONSTRAINT reservation_line_seats_check CHECK (seats >= 0 AND (seats > 0) = (seats_status IS NOT NULL) AND seats_status IN ('active','consumed'));

DELETE FROM allocation WHERE reservation_line_id IS NOT NULL;
ALTER TABLE allocation DROP COLUMN reservation_line_id;
ALTER TABLE allocation ALTER COLUMN order_line_id SET NOT NULL;
ALTER TABLE allocation RENAME TO order_allocation;
CREATE VIEW allocation AS
SELECT id, inventory_item_id, CAST(NULL AS TEXT) AS order_line_id, id AS reservation_line_id, seats AS qty, seats_status AS status, seats_version AS version
FROM reservation_line WHERE seats > 0
UNION ALL
SELECT id, inventory_item_id, order_line_id, CAST(NULL AS TEXT), qty, status, version FROM order_allocation;

CREATE TABLE outbox_page (
    first_seq BIGINT PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL, -- what the events up to here tell of stands in the journal up to there
    events TEXT NOT NULL -- [[topic, vendor or null, entity type, entity id, entity version, payload], …]
);
-- Several kilobytes of much the same words; a server built without lz4 takes its own way.
DO $$ BEGIN
    ALTER TABLE outbox_page ALTER COLUMN events SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
INSERT INTO outbox_page (first_seq, last_seq, at, journal_seq, events)
SELECT MIN(seq), MAX(seq), MIN(created_at), (SELECT audit_seq FROM tail WHERE id = 1), CAST(json_agg(json_build_array(topic, scope_vendor_id, entity_type, entity_id, entity_version, CAST(payload_json AS JSON)) ORDER BY seq) AS TEXT)
FROM outbox GROUP BY seq / 100;
DROP TABLE outbox;
CREATE VIEW outbox AS
SELECT p.first_seq + e.n - 1 AS seq, e.event ->> 0 AS topic, e.event ->> 1 AS scope_vendor_id, e.event ->> 2 AS entity_type, e.event ->> 3 AS entity_id,
    CAST(e.event ->> 4 AS BIGINT) AS entity_version, e.event ->> 5 AS payload_json, p.at AS created_at
FROM outbox_page p CROSS JOIN LATERAL json_array_elements(CAST(p.events AS JSON)) WITH ORDINALITY AS e(event, n);

-- A row of the ledger is known by its item and number.
ALTER TABLE stock_movement DROP COLUMN id;
ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_inventory_item_id_seq_key;
ALTER TABLE stock_movement ADD PRIMARY KEY (inventory_item_id, seq);

-- Numbers of the queue come from the one row of `tail`, and codes of reservations from them: no two are the same (I27 looks).
ALTER TABLE ticket DROP CONSTRAINT ticket_partition_no_queue_seq_key;
ALTER TABLE reservation DROP CONSTRAINT reservation_code_key;
DROP INDEX ticket_recent;
DROP INDEX reservation_created;
DROP INDEX journal_entity;
CREATE UNIQUE INDEX journal_entity ON journal(entity_id, entity_version);

-- As in 0010: what these lead to was read in the same transaction, or is NULL, and `narud check` (I26) looks at every row.
ALTER TABLE reservation DROP CONSTRAINT reservation_order_id_fkey;
ALTER TABLE reservation DROP CONSTRAINT reservation_hold_id_fkey;
ALTER TABLE reservation_line DROP CONSTRAINT reservation_line_order_line_id_fkey;
ALTER TABLE ticket DROP CONSTRAINT ticket_opening_id_fkey;
