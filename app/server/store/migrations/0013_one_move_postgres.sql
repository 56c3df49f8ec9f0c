-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- A ticket that becomes a reservation and that reservation's confirmation are one line of the journal; and of what moves stock, bookings name
-- themselves as the cause, once, so that no tree has to look at each of them (I28 looks).

ALTER TABLE journal ADD COLUMN ticket_id TEXT, -- of a reservation's move to confirmed: whose move, processing to confirmed, this is as well
    ADD COLUMN ticket_version BIGINT; -- after it

CREATE OR REPLACE VIEW state_transition AS
SELECT CAST(seq AS TEXT) AS id, entity_type AS machine, entity_id, from_state, to_state, actor_id, letter AS actor_role, detail AS reason, request_id, at, entity_version
FROM journal WHERE to_state IS NOT NULL
UNION ALL
SELECT CAST(seq AS TEXT), 'ticket', ticket_id, 'processing', 'confirmed', actor_id, letter, NULL, request_id, at, ticket_version
FROM journal WHERE ticket_id IS NOT NULL;

CREATE OR REPLACE VIEW audit_event AS
SELECT j.seq, j.at, j.actor_id, j.session_id, j.actor_role, j.vendor_id, CASE WHEN j.to_state IS NULL THEN j.action ELSE j.entity_type || '.' || j.to_state END AS action,
    j.entity_type, j.entity_id,
    CASE WHEN j.to_state IS NULL THEN j.detail
        ELSE CAST(json_strip_nulls(json_build_object('from', j.from_state, 'to', j.to_state, 'reason', j.detail, 'ticket', j.ticket_id)) AS TEXT) END AS diff_json,
    j.request_id, COALESCE((SELECT p.hash FROM journal p WHERE p.seq = j.seq - 1), '') AS prev_hash, j.hash
FROM journal j;

ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_request_id_inventory_item_id_kind_key;
CREATE UNIQUE INDEX stock_movement_once ON stock_movement(request_id, inventory_item_id, kind) WHERE kind NOT IN ('held','allocated');
