-- SPDX-License-Identifier: GPL-3.0-or-later
-- The lock of an account that may lock or end others needs two people: who asked for it first, and when.

ALTER TABLE user_account ADD COLUMN lock_asked_by TEXT REFERENCES user_account(id);
ALTER TABLE user_account ADD COLUMN lock_asked_at BIGINT;
