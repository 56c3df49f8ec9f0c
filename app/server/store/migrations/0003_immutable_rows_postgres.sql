-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: postgres
-- Rows that are written once: a reversal is a counter-entry, never a change. Triggers, not revoked rights: the server owns its
-- tables, and an owner may always change them.

CREATE FUNCTION naru_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '% rows are immutable', TG_TABLE_NAME; END$$;

CREATE TRIGGER stock_movement_no_change BEFORE UPDATE OR DELETE ON stock_movement FOR EACH ROW EXECUTE FUNCTION naru_refuse_change();
CREATE TRIGGER payment_event_no_change BEFORE UPDATE OR DELETE ON payment_event FOR EACH ROW EXECUTE FUNCTION naru_refuse_change();
CREATE TRIGGER vendor_ledger_no_change BEFORE UPDATE OR DELETE ON vendor_ledger FOR EACH ROW EXECUTE FUNCTION naru_refuse_change();
CREATE TRIGGER state_transition_no_change BEFORE UPDATE OR DELETE ON state_transition FOR EACH ROW EXECUTE FUNCTION naru_refuse_change();
CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION naru_refuse_change();
