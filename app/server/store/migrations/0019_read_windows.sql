-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many records a person reads in ten minutes, of the last thirty days: what far more than usual is (auth.md §2.12, E13).

CREATE TABLE auth_read_window (
    user_id TEXT NOT NULL REFERENCES user_account(id),
    starts_at BIGINT NOT NULL,
    records BIGINT NOT NULL CHECK (records > 0),
    PRIMARY KEY (user_id, starts_at)
);
