-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- What is written with every booking, with no more trees than somebody looks into: moves by their machine and thing; audit rows by
-- their number and thing (a doubled seal breaks the chain, which `narud check` walks).

CREATE TABLE state_transition_new (
    id TEXT NOT NULL,
    machine TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    actor_id TEXT,
    actor_role TEXT NOT NULL,
    reason TEXT,
    request_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    entity_version BIGINT NOT NULL,
    PRIMARY KEY (machine, entity_id, entity_version)
) WITHOUT ROWID;
INSERT INTO state_transition_new SELECT id, machine, entity_id, from_state, to_state, actor_id, actor_role, reason, request_id, at, entity_version FROM state_transition;
DROP TABLE state_transition;
ALTER TABLE state_transition_new RENAME TO state_transition;
CREATE TRIGGER state_transition_no_update BEFORE UPDATE ON state_transition BEGIN
    SELECT RAISE(ABORT, 'state_transition rows are immutable');
END;
CREATE TRIGGER state_transition_no_delete BEFORE DELETE ON state_transition BEGIN
    SELECT RAISE(ABORT, 'state_transition rows are immutable');
END;

CREATE TABLE audit_event_new (
    seq INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT,
    session_id TEXT,
    actor_role TEXT,
    vendor_id TEXT,
    action TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    diff_json TEXT NOT NULL,
    request_id TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_event_new SELECT seq, at, actor_id, session_id, actor_role, vendor_id, action, entity_type, entity_id, diff_json, request_id, prev_hash, hash FROM audit_event;
DROP TABLE audit_event;
ALTER TABLE audit_event_new RENAME TO audit_event;
CREATE INDEX audit_entity ON audit_event(entity_id);
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event rows are immutable');
END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event rows are immutable');
END;

CREATE TABLE outbox_new (
    seq INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    scope_vendor_id TEXT,
    entity_type TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    entity_version BIGINT NOT NULL,
    payload_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT
);
INSERT INTO outbox_new SELECT seq, topic, scope_vendor_id, entity_type, entity_id, entity_version, payload_json, created_at, published_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

DROP INDEX allocation_order_line;
CREATE INDEX allocation_order_line ON allocation(order_line_id) WHERE order_line_id IS NOT NULL;
DROP INDEX allocation_reservation_line;
CREATE INDEX allocation_reservation_line ON allocation(reservation_line_id) WHERE reservation_line_id IS NOT NULL;
