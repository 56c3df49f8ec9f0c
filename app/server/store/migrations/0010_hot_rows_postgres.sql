-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- What is written with every booking, with no more trees than somebody looks into: moves by their machine and thing; audit rows by
-- their number and thing (a doubled seal breaks the chain, which `narud check` walks).

ALTER TABLE state_transition DROP CONSTRAINT state_transition_pkey;
ALTER TABLE audit_event DROP CONSTRAINT audit_event_hash_key;
DROP INDEX audit_request;
DROP INDEX audit_entity;
CREATE INDEX audit_entity ON audit_event(entity_id);
DROP INDEX allocation_order_line;
CREATE INDEX allocation_order_line ON allocation(order_line_id) WHERE order_line_id IS NOT NULL;
DROP INDEX allocation_reservation_line;
CREATE INDEX allocation_reservation_line ON allocation(reservation_line_id) WHERE reservation_line_id IS NOT NULL;
ALTER TABLE reservation DROP CONSTRAINT reservation_hold_id_key;
CREATE UNIQUE INDEX reservation_hold ON reservation(hold_id) WHERE hold_id IS NOT NULL;

-- A foreign key is one more query, and a lock on the row it leads to, for each row of a batch. The engine has read and locked what these
-- lead to in the same transaction, and nothing ever deletes it; I26 of `narud check` looks at every row.
ALTER TABLE ticket DROP CONSTRAINT ticket_customer_id_fkey;
ALTER TABLE hold DROP CONSTRAINT hold_ticket_id_fkey;
ALTER TABLE hold DROP CONSTRAINT hold_customer_id_fkey;
ALTER TABLE hold_line DROP CONSTRAINT hold_line_hold_id_fkey;
ALTER TABLE hold_line DROP CONSTRAINT hold_line_inventory_item_id_fkey;
ALTER TABLE reservation DROP CONSTRAINT reservation_customer_id_fkey;
ALTER TABLE reservation DROP CONSTRAINT reservation_policy_id_fkey;
ALTER TABLE reservation_line DROP CONSTRAINT reservation_line_reservation_id_fkey;
ALTER TABLE reservation_line DROP CONSTRAINT reservation_line_inventory_item_id_fkey;
ALTER TABLE allocation DROP CONSTRAINT allocation_inventory_item_id_fkey;
ALTER TABLE allocation DROP CONSTRAINT allocation_reservation_line_id_fkey;
ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_inventory_item_id_fkey;
