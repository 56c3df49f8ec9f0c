-- SPDX-License-Identifier: GPL-3.0-or-later
-- engine: sqlite
-- Rows that are written once: a reversal is a counter-entry, never a change.

CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;
CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement BEGIN
    SELECT RAISE(ABORT, 'stock_movement rows are immutable');
END;
CREATE TRIGGER payment_event_no_update BEFORE UPDATE ON payment_event BEGIN
    SELECT RAISE(ABORT, 'payment_event rows are immutable');
END;
CREATE TRIGGER payment_event_no_delete BEFORE DELETE ON payment_event BEGIN
    SELECT RAISE(ABORT, 'payment_event rows are immutable');
END;
CREATE TRIGGER vendor_ledger_no_update BEFORE UPDATE ON vendor_ledger BEGIN
    SELECT RAISE(ABORT, 'vendor_ledger rows are immutable');
END;
CREATE TRIGGER vendor_ledger_no_delete BEFORE DELETE ON vendor_ledger BEGIN
    SELECT RAISE(ABORT, 'vendor_ledger rows are immutable');
END;
CREATE TRIGGER state_transition_no_update BEFORE UPDATE ON state_transition BEGIN
    SELECT RAISE(ABORT, 'state_transition rows are immutable');
END;
CREATE TRIGGER state_transition_no_delete BEFORE DELETE ON state_transition BEGIN
    SELECT RAISE(ABORT, 'state_transition rows are immutable');
END;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event rows are immutable');
END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event rows are immutable');
END;
