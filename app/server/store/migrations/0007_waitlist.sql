-- SPDX-License-Identifier: GPL-3.0-or-later
-- Waiting lists, opening draws, and what one customer may have.

-- Follows its ticket, which is the machine: waitlisted = waiting, held = offered, confirmed = accepted, cancelled = withdrawn.
CREATE TABLE waitlist_entry (
    id TEXT PRIMARY KEY,
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    customer_id TEXT NOT NULL REFERENCES customer(id),
    ticket_id TEXT NOT NULL UNIQUE REFERENCES ticket(id),
    party_size BIGINT NOT NULL CHECK (party_size > 0),
    rank BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting','offered','accepted','expired','withdrawn')),
    passed_over INTEGER NOT NULL DEFAULT 0,
    offered_hold_id TEXT REFERENCES hold(id),
    offered_at BIGINT,
    closes_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (inventory_item_id, rank)
);
CREATE UNIQUE INDEX waitlist_once ON waitlist_entry(inventory_item_id, customer_id) WHERE status IN ('waiting','offered');
CREATE INDEX waitlist_waiting ON waitlist_entry(inventory_item_id, rank) WHERE status = 'waiting';
CREATE INDEX waitlist_closing ON waitlist_entry(closes_at) WHERE status = 'waiting';
CREATE INDEX waitlist_recent ON waitlist_entry(created_at, id);

CREATE TABLE opening (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product(id),
    inventory_item_id TEXT REFERENCES inventory_item(id),
    state TEXT NOT NULL CHECK (state IN ('planned','drawing','open','cancelled')),
    registers_from BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    commitment TEXT NOT NULL,
    seed TEXT NOT NULL,
    registered BIGINT NOT NULL DEFAULT 0, -- present at the draw: they got the ranks base_rank + 1 … base_rank + registered
    base_rank BIGINT NOT NULL DEFAULT 0,
    drawn_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (opens_at > registers_from)
);
CREATE UNIQUE INDEX opening_one_of_product ON opening(product_id) WHERE inventory_item_id IS NULL AND state IN ('planned','drawing');
CREATE UNIQUE INDEX opening_one_of_item ON opening(inventory_item_id) WHERE inventory_item_id IS NOT NULL AND state IN ('planned','drawing');
CREATE INDEX opening_due ON opening(opens_at) WHERE state IN ('planned','drawing');
CREATE INDEX opening_recent ON opening(opens_at, id);

-- What a booking has to look at beside the counters, one bit each, so that the many items without any of it cost nothing:
-- item: 1 free seats are kept for a waiting party, 2 an opening of its own; product: 2 an opening, 4 a limit per customer.
-- draw_rank: of those who ask from now on, one higher than the last draw gave.
ALTER TABLE inventory_item ADD COLUMN special SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE inventory_item ADD COLUMN draw_rank BIGINT NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN special SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN limit_per_customer BIGINT;
ALTER TABLE product ADD COLUMN limit_scope TEXT NOT NULL DEFAULT 'slot';
ALTER TABLE product ADD COLUMN offer_minutes INTEGER NOT NULL DEFAULT 30;

-- 1: has its place on a waiting list
ALTER TABLE ticket ADD COLUMN waiting SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN opening_id TEXT REFERENCES opening(id);
CREATE INDEX ticket_of_opening ON ticket(opening_id, draw_rank, queue_seq) WHERE status = 'queued' AND opening_id IS NOT NULL;

CREATE INDEX hold_of_customer ON hold(customer_id) WHERE status = 'active';
CREATE INDEX reservation_of_customer ON reservation(customer_id) WHERE status IN ('pending','confirmed','cancel_requested','checked_in');
