-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the reservation engine needs to decide many tickets at a time.

-- Whose tickets these are, without looking into their payload: the vendor of the first line, and of the others when there are several.
ALTER TABLE ticket ADD COLUMN vendor_id TEXT;
ALTER TABLE ticket ADD COLUMN other_vendors TEXT;
UPDATE ticket SET vendor_id = (SELECT i.vendor_id FROM inventory_item i
    WHERE i.id = substr(ticket.payload_json, CASE WHEN ticket.payload_json LIKE '{"goal":"hold"%' THEN 37 ELSE 40 END, 26));

-- A queued ticket may be decided from this moment on; none: whoever put it there decides.
ALTER TABLE ticket ADD COLUMN due_at BIGINT;
CREATE INDEX ticket_due ON ticket(draw_rank, queue_seq) WHERE status = 'queued' AND due_at IS NOT NULL;
CREATE INDEX ticket_lease ON ticket(lease_until) WHERE status = 'processing';

-- Until when a piece is held; none: its hold has ended. The first end on an item is found without reading any other hold.
ALTER TABLE hold_line ADD COLUMN open_until BIGINT;
UPDATE hold_line SET open_until = (SELECT h.expires_at FROM hold h WHERE h.id = hold_line.hold_id AND h.status = 'active');
CREATE INDEX hold_line_open ON hold_line(inventory_item_id, open_until) WHERE open_until IS NOT NULL;

-- In which order the pieces were asked for.
ALTER TABLE hold_line ADD COLUMN line_no SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE reservation_line ADD COLUMN line_no SMALLINT NOT NULL DEFAULT 0;
