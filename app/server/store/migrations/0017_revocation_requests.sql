-- SPDX-License-Identifier: GPL-3.0-or-later
-- Revocations that need two people wait here for the second; and since when it stands in the audit trail that a session's device reports no more.

CREATE TABLE auth_revocation_request (
    kind TEXT NOT NULL CHECK (kind IN ('user','sid','device','tenant','kid','all')),
    subject TEXT NOT NULL, -- empty: all
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES user_account(id),
    asked_at BIGINT NOT NULL,
    second_approver TEXT REFERENCES user_account(id), -- who shall confirm it; none: any other administrator
    PRIMARY KEY (kind, subject)
);

ALTER TABLE auth_session ADD COLUMN posture_missed_at BIGINT;
