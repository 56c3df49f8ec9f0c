-- SPDX-License-Identifier: GPL-3.0-or-later
-- A sign-in looks at what the person did lately and whether the device was seen before, and clears codes away that are over: none of it may cost more
-- the longer the history is.

CREATE INDEX auth_session_user ON auth_session(user_id, started_at);
CREATE INDEX auth_session_device ON auth_session(device_id, sv);
CREATE INDEX auth_code_expires ON auth_code(expires_at);
