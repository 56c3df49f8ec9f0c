-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sessions bound to a device's key, factors, conflicts of sessions, and signing keys that are changed.

ALTER TABLE user_account ADD COLUMN session_policy TEXT NOT NULL DEFAULT 'replace' CHECK (session_policy IN ('replace','ask','deny'));
UPDATE user_account SET session_policy = 'deny' WHERE role = 'channel';

ALTER TABLE auth_device ADD COLUMN jkt TEXT; -- thumbprint of its key; none: seen before devices had keys
ALTER TABLE auth_device ADD COLUMN platform TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_device ADD COLUMN app_version TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_device ADD COLUMN storage TEXT NOT NULL DEFAULT 'memory' CHECK (storage IN ('memory','keychain','hardware'));
ALTER TABLE auth_device ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('pending','active','suspended','revoked'));
ALTER TABLE auth_device ADD COLUMN created_at BIGINT;
ALTER TABLE auth_device ADD COLUMN approved_by TEXT REFERENCES user_account(id);
ALTER TABLE auth_device ADD COLUMN first_approval TEXT REFERENCES user_account(id); -- of the two that some approvals need
ALTER TABLE auth_device ADD COLUMN posture_json TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_device ADD COLUMN posture_at BIGINT;
ALTER TABLE auth_device ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX auth_device_key ON auth_device(user_id, jkt) WHERE jkt IS NOT NULL;

ALTER TABLE session_head ADD COLUMN ask_until BIGINT; -- two devices took the session from each other: ask instead of replacing

ALTER TABLE auth_session ADD COLUMN jkt TEXT;
ALTER TABLE auth_session ADD COLUMN network TEXT NOT NULL DEFAULT ''; -- prefix of the address it was opened from
ALTER TABLE auth_session ADD COLUMN restricted TEXT NOT NULL DEFAULT ''; -- why it may only read
ALTER TABLE auth_session ADD COLUMN stepped_up_at BIGINT;
ALTER TABLE auth_session ADD COLUMN last_activity_at BIGINT;
ALTER TABLE auth_session ADD COLUMN drafts INTEGER NOT NULL DEFAULT 0; -- unsaved edits its console said it keeps
CREATE INDEX auth_session_started ON auth_session(started_at);

ALTER TABLE auth_refresh_family ADD COLUMN jkt TEXT;
ALTER TABLE auth_code ADD COLUMN jkt TEXT;
ALTER TABLE auth_code ADD COLUMN device_id TEXT;
ALTER TABLE auth_code ADD COLUMN stepped_up SMALLINT NOT NULL DEFAULT 0 CHECK (stepped_up IN (0,1)); -- signed in with a second factor

-- A password that was right while a factor or an approval is missing.
CREATE TABLE auth_pending (
    id_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account(id),
    jkt TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL
);

CREATE TABLE auth_factor (
    user_id TEXT NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL CHECK (kind IN ('totp')),
    sealed TEXT NOT NULL, -- the secret, encrypted with a key that is not in the database
    state TEXT NOT NULL CHECK (state IN ('pending','active')),
    last_step BIGINT NOT NULL DEFAULT 0, -- a code counts once
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind)
);
CREATE TABLE auth_recovery_code (
    user_id TEXT NOT NULL REFERENCES user_account(id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE session_conflict (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account(id),
    old_sid TEXT REFERENCES auth_session(sid),
    new_sid TEXT REFERENCES auth_session(sid),
    kind TEXT NOT NULL CHECK (kind IN ('new_device','reported','flip_flop','parallel_use','reuse','other_network')),
    score INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open','taken','decided','expired')),
    gap_seconds INTEGER NOT NULL DEFAULT 0,
    rules_json TEXT NOT NULL DEFAULT '[]',
    taken_by TEXT REFERENCES user_account(id),
    first_by TEXT REFERENCES user_account(id), -- asked for what needs two
    first_decision TEXT,
    decided_by TEXT REFERENCES user_account(id),
    decision TEXT CHECK (decision IN ('benign','end_new','end_old','lock_account','reset_factors','allow_pair','escalate')),
    note TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'decided') = (decision IS NOT NULL AND decided_at IS NOT NULL))
);
CREATE INDEX session_conflict_queue ON session_conflict(state, score, at);
CREATE INDEX session_conflict_user ON session_conflict(user_id, at);

-- Two devices of one person that may take the session from each other without a question.
CREATE TABLE auth_device_pair (
    user_id TEXT NOT NULL REFERENCES user_account(id),
    device_a TEXT NOT NULL, -- the smaller id
    device_b TEXT NOT NULL,
    allowed_by TEXT NOT NULL REFERENCES user_account(id),
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, device_a, device_b)
);

CREATE TABLE auth_signing_key (
    kid TEXT PRIMARY KEY,
    sealed TEXT NOT NULL, -- PKCS#8, encrypted with a key that is not in the database
    published_at BIGINT NOT NULL,
    use_from BIGINT NOT NULL,
    revoked_at BIGINT
);
