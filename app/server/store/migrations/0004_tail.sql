-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last numbers given out, in one row: whoever commits takes it last, so that numbers are in commit order.

CREATE TABLE tail (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    audit_seq BIGINT NOT NULL,
    audit_hash TEXT NOT NULL,
    outbox_seq BIGINT NOT NULL,
    queue_seq BIGINT NOT NULL
);

INSERT INTO tail (id, audit_seq, audit_hash, outbox_seq, queue_seq)
SELECT 1, COALESCE(MAX(seq), 0), COALESCE((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), ''),
    (SELECT COALESCE(MAX(seq), 0) FROM outbox), (SELECT COALESCE(MAX(queue_seq), 0) FROM ticket)
FROM audit_event;

-- The order of decisions, from the same numbers as queue_seq: what was decided before what, without asking any clock.
ALTER TABLE ticket ADD COLUMN decided_seq BIGINT;
UPDATE ticket SET decided_seq = queue_seq WHERE finished_at IS NOT NULL OR status = 'held';
