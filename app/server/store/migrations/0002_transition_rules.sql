-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who may move what: S system, C customer (through a channel), V vendor member, U support agent, O operator staff, A administrator.

-- product
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'in_review', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'in_review', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'approved', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'approved', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'archived', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'draft', 'archived', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'in_review', 'approved', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'in_review', 'approved', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'in_review', 'rejected', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'in_review', 'rejected', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'in_review', 'draft', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'rejected', 'draft', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'rejected', 'draft', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'rejected', 'archived', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'rejected', 'archived', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'scheduled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'scheduled', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'active', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'active', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'active', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'approved', 'archived', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'scheduled', 'active', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'scheduled', 'active', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'scheduled', 'approved', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'scheduled', 'approved', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'paused', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'paused', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'paused', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'discontinued', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'discontinued', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'active', 'discontinued', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'active', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'active', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'active', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'discontinued', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'discontinued', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'paused', 'discontinued', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'discontinued', 'archived', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'discontinued', 'archived', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('product', 'discontinued', 'approved', 'O');

-- order
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'pending_stock', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'pending_stock', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'pending_stock', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'draft', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_stock', 'pending_payment', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_stock', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_stock', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_stock', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_stock', 'draft', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'placed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'pending_payment', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'placed', 'in_fulfilment', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'placed', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'placed', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'placed', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'in_fulfilment', 'completed', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'in_fulfilment', 'completed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('order', 'in_fulfilment', 'cancelled', 'O');

-- vendor_order
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'accepted', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'accepted', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'accepted', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'refused', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'refused', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'awaiting_acceptance', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'accepted', 'preparing', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'accepted', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'accepted', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'accepted', 'refused', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'preparing', 'partially_shipped', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'preparing', 'shipped', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'preparing', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'partially_shipped', 'shipped', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'partially_shipped', 'shipped', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'partially_shipped', 'delivered', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'partially_shipped', 'delivered', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'shipped', 'delivered', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'shipped', 'delivered', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'shipped', 'delivered', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'delivered', 'closed', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('vendor_order', 'delivered', 'closed', 'S');

-- payment
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'created', 'processing', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'created', 'failed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'created', 'voided', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'created', 'voided', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'created', 'voided', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'processing', 'authorised', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'processing', 'captured', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'processing', 'failed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'processing', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'partially_captured', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'captured', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'captured', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'voided', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'voided', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'voided', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'authorised', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'partially_captured', 'captured', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'partially_captured', 'captured', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'partially_captured', 'partially_refunded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'partially_captured', 'refunded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'captured', 'partially_refunded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'captured', 'refunded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('payment', 'partially_refunded', 'refunded', 'S');

-- refund
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'requested', 'approved', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'requested', 'approved', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'requested', 'approved', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'requested', 'rejected', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'requested', 'rejected', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'approved', 'processing', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'processing', 'succeeded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'processing', 'failed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'failed', 'processing', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('refund', 'failed', 'processing', 'S');

-- ticket
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'queued', 'processing', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'queued', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'queued', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'queued', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'queued', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'held', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'confirmed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'waitlisted', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'rejected', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'queued', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'processing', 'failed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'confirmed', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'confirmed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'held', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'waitlisted', 'held', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'waitlisted', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'waitlisted', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'waitlisted', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'waitlisted', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('ticket', 'failed', 'queued', 'O');

-- hold
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'converted', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'released', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'released', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'released', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'released', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('hold', 'active', 'expired', 'S');

-- reservation
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'confirmed', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'confirmed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'expired', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'cancelled', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'pending', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'cancel_requested', 'C');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'cancel_requested', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'checked_in', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'checked_in', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'no_show', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'no_show', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'confirmed', 'no_show', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'cancel_requested', 'cancelled', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'cancel_requested', 'cancelled', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'cancel_requested', 'cancelled', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'cancel_requested', 'confirmed', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'cancel_requested', 'confirmed', 'U');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'checked_in', 'completed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'checked_in', 'completed', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'checked_in', 'confirmed', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'checked_in', 'confirmed', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'no_show', 'checked_in', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('reservation', 'no_show', 'completed', 'S');

-- change_request
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'draft', 'submitted', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'draft', 'withdrawn', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'approved', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'approved', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'approved', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'rejected', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'rejected', 'O');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'withdrawn', 'V');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'superseded', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('change_request', 'submitted', 'draft', 'O');

-- settlement
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'draft', 'approved', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'approved', 'paying', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'approved', 'draft', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'paying', 'paid', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'paying', 'failed', 'S');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'failed', 'paying', 'A');
INSERT INTO transition_rule (machine, from_state, to_state, actor_role) VALUES ('settlement', 'failed', 'paying', 'S');
