-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- A move of a state machine and its line of the audit trail say the same, and most of what a booking writes is these two: they are one row
-- of one table now. `audit_event` and `state_transition` are two ways of looking at it.

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT,
    session_id TEXT,
    actor_role TEXT,
    vendor_id TEXT,
    entity_type TEXT NOT NULL, -- of a move: its machine
    entity_id TEXT NOT NULL,
    entity_version BIGINT, -- of a move, as the next three: after it
    letter TEXT,
    from_state TEXT,
    to_state TEXT,
    action TEXT, -- of everything else
    detail TEXT, -- the reason of a move; JSON of everything else
    request_id TEXT NOT NULL,
    hash TEXT NOT NULL -- of this row and the hash before it
);

-- The n-th move of a thing into a state is the n-th audit row that says so.
INSERT INTO journal (seq, at, actor_id, session_id, actor_role, vendor_id, entity_type, entity_id, entity_version, letter, from_state, to_state, action, detail, request_id, hash)
SELECT a.seq, a.at, a.actor_id, a.session_id, a.actor_role, a.vendor_id, a.entity_type, a.entity_id, t.entity_version, t.actor_role, t.from_state, t.to_state,
    CASE WHEN t.entity_version IS NULL THEN a.action END, CASE WHEN t.entity_version IS NULL THEN a.diff_json ELSE t.reason END, a.request_id, a.hash
FROM (SELECT audit_event.*, CASE WHEN diff_json LIKE '{"from":%' THEN ROW_NUMBER() OVER (PARTITION BY entity_type, entity_id, action, CASE WHEN diff_json LIKE '{"from":%' THEN 1 ELSE 0 END ORDER BY seq) END AS n
    FROM audit_event) a
LEFT JOIN (SELECT state_transition.*, ROW_NUMBER() OVER (PARTITION BY machine, entity_id, to_state ORDER BY entity_version) AS n FROM state_transition) t
    ON t.machine = a.entity_type AND t.entity_id = a.entity_id AND t.machine || '.' || t.to_state = a.action AND t.n = a.n;

-- No move may be without its row: this refuses to go on if one is.
CREATE TABLE every_move_is_there (ok INTEGER NOT NULL CHECK (ok = 1));
INSERT INTO every_move_is_there SELECT CASE WHEN (SELECT COUNT(*) FROM state_transition) = (SELECT COUNT(*) FROM journal WHERE to_state IS NOT NULL) THEN 1 ELSE 0 END;
DROP TABLE every_move_is_there;

DROP TABLE state_transition;
DROP TABLE audit_event;
CREATE UNIQUE INDEX journal_entity ON journal(entity_id, entity_type, entity_version);

CREATE VIEW state_transition AS
SELECT CAST(seq AS TEXT) AS id, entity_type AS machine, entity_id, from_state, to_state, actor_id, letter AS actor_role, detail AS reason, request_id, at, entity_version
FROM journal WHERE to_state IS NOT NULL;

-- With plain text functions: a schema that is not trusted may not use those for JSON.
CREATE VIEW audit_event AS
SELECT j.seq, j.at, j.actor_id, j.session_id, j.actor_role, j.vendor_id, CASE WHEN j.to_state IS NULL THEN j.action ELSE j.entity_type || '.' || j.to_state END AS action,
    j.entity_type, j.entity_id,
    CASE WHEN j.to_state IS NULL THEN j.detail WHEN j.detail IS NULL THEN '{"from":"' || j.from_state || '","to":"' || j.to_state || '"}' ELSE '{"from":"' || j.from_state || '","to":"' || j.to_state || '","reason":"'
            || replace(replace(replace(replace(replace(j.detail, '\', '\\'), '"', '\"'), char(10), '\n'), char(13), '\r'), char(9), '\t') || '"}' END AS diff_json,
    j.request_id, COALESCE((SELECT p.hash FROM journal p WHERE p.seq = j.seq - 1), '') AS prev_hash, j.hash
FROM journal j;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'journal rows are immutable');
END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'journal rows are immutable');
END;
