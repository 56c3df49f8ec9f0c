-- SPDX-License-Identifier: GPL-3.0-or-later
-- Draws, cancelled openings and waiting lists worked off piece by piece.

-- Its place in the draw: SHA-256 of the seed and the ticket's id, in hexadecimal digits. Empty: not in the draw (asked later, or read
-- after it). None: queued by an older program, and given before the draw.
ALTER TABLE ticket ADD COLUMN lot TEXT;
CREATE INDEX ticket_lots ON ticket(opening_id, lot) WHERE opening_id IS NOT NULL;
CREATE INDEX ticket_unranked ON ticket(opening_id, lot, queue_seq) WHERE status = 'queued' AND opening_id IS NOT NULL AND due_at IS NULL;
-- Of those whose time has come, the ones that no opening holds back: who asks now comes after them.
CREATE INDEX ticket_due_alone ON ticket(draw_rank, queue_seq) WHERE status = 'queued' AND due_at IS NOT NULL AND opening_id IS NULL;

-- ranks_given of `registered` so far; ranked: all of them, and whoever came meanwhile. draining: cancelled, and tickets are left to be told.
ALTER TABLE opening ADD COLUMN ranks_given BIGINT NOT NULL DEFAULT 0;
ALTER TABLE opening ADD COLUMN ranked SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE opening ADD COLUMN draining SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE opening ADD COLUMN cancelled_at BIGINT;
ALTER TABLE opening ADD COLUMN cancel_reason TEXT;
UPDATE opening SET ranked = 1, ranks_given = registered WHERE state IN ('drawing','open');
CREATE INDEX opening_draining ON opening(id) WHERE draining = 1;

-- Items whose waiting list may move for another reason than freed seats (a product goes on sale again). No key to inventory_item: whoever
-- writes here holds the product's row and must not wait for an item's.
CREATE TABLE waitlist_look (
    inventory_item_id TEXT PRIMARY KEY
);
