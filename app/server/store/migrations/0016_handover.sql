-- SPDX-License-Identifier: GPL-3.0-or-later
-- Drafts that a displaced console handed over for its person's other computer: sealed by that console, kept for a day at most.

CREATE TABLE draft_handover (
    sid TEXT PRIMARY KEY REFERENCES auth_session(sid), -- the displaced one
    user_id TEXT NOT NULL REFERENCES user_account(id),
    drafts INTEGER NOT NULL CHECK (drafts > 0),
    sealed TEXT NOT NULL, -- base64url, under a key that is not in the database
    version BIGINT NOT NULL DEFAULT 1, -- rises when the console says more
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX draft_handover_user ON draft_handover(user_id, at);
CREATE INDEX draft_handover_end ON draft_handover(expires_at);
