-- SPDX-License-Identifier: GPL-3.0-or-later
-- Slot rules at full length: one variant or all of a product, days left out, an end, and how far they have been worked off.

ALTER TABLE slot_rule ADD COLUMN variant_id TEXT;
ALTER TABLE slot_rule ADD COLUMN exdates TEXT NOT NULL DEFAULT '';
ALTER TABLE slot_rule ADD COLUMN active SMALLINT NOT NULL DEFAULT 1 CHECK (active IN (0,1));
ALTER TABLE slot_rule ADD COLUMN made_until TEXT;
ALTER TABLE slot_rule ADD COLUMN made_variants INTEGER NOT NULL DEFAULT 0;

CREATE INDEX slot_rule_product ON slot_rule(product_id);
CREATE INDEX slot_by_rule ON slot(slot_rule_id, starts_at);
