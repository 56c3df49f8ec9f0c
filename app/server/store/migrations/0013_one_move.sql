-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- A ticket that becomes a reservation and that reservation's confirmation are one line of the journal; and of what moves stock, bookings name
-- themselves as the cause, once, so that no tree has to look at each of them (I28 looks).

ALTER TABLE journal ADD COLUMN ticket_id TEXT; -- of a reservation's move to confirmed: whose move, processing to confirmed, this is as well
ALTER TABLE journal ADD COLUMN ticket_version BIGINT; -- after it

DROP VIEW state_transition;
CREATE VIEW state_transition AS
SELECT CAST(seq AS TEXT) AS id, entity_type AS machine, entity_id, from_state, to_state, actor_id, letter AS actor_role, detail AS reason, request_id, at, entity_version
FROM journal WHERE to_state IS NOT NULL
UNION ALL
SELECT CAST(seq AS TEXT), 'ticket', ticket_id, 'processing', 'confirmed', actor_id, letter, NULL, request_id, at, ticket_version
FROM journal WHERE ticket_id IS NOT NULL;

-- With plain text functions: a schema that is not trusted may not use those for JSON.
DROP VIEW audit_event;
CREATE VIEW audit_event AS
SELECT j.seq, j.at, j.actor_id, j.session_id, j.actor_role, j.vendor_id, CASE WHEN j.to_state IS NULL THEN j.action ELSE j.entity_type || '.' || j.to_state END AS action,
    j.entity_type, j.entity_id,
    CASE WHEN j.to_state IS NULL THEN j.detail ELSE '{"from":"' || j.from_state || '","to":"' || j.to_state || '"'
            || COALESCE(',"reason":"' || replace(replace(replace(replace(replace(j.detail, '\', '\\'), '"', '\"'), char(10), '\n'), char(13), '\r'), char(9), '\t') || '"', '')
            || COALESCE(',"ticket":"' || j.ticket_id || '"', '') || '}' END AS diff_json,
    j.request_id, COALESCE((SELECT p.hash FROM journal p WHERE p.seq = j.seq - 1), '') AS prev_hash, j.hash
FROM journal j;

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
    CHECK (d_on_hand <> 0 OR d_allocated <> 0 OR d_held <> 0),
    CHECK (kind <> 'adjusted' OR reason IS NOT NULL)
);
INSERT INTO stock_movement_new SELECT inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held, hold_id, order_line_id, reservation_line_id, fulfilment_id, return_id, reason,
    actor_id, request_id, at FROM stock_movement;
DROP TABLE stock_movement;
ALTER TABLE stock_movement_new RENAME TO stock_movement;
CREATE INDEX stock_movement_hold ON stock_movement(hold_id) WHERE hold_id IS NOT NULL;
CREATE UNIQUE INDEX stock_movement_once ON stock_movement(request_id, inventory_item_id, kind) WHERE kind NOT IN ('held','allocated');
CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;
CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;
