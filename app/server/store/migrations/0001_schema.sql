-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Portable SQL: ids are TEXT (26 characters, time-ordered), instants are Unix milliseconds in UTC, money is
-- minor units, booleans are 0/1, documents are JSON text. Every mutable row carries `version`.

-- Accounts and sessions ------------------------------------------------------------------------------------------

CREATE TABLE user_account (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active','locked','closed')),
    role TEXT NOT NULL CHECK (role IN ('staff','vendor_manager','vendor_member','support_agent','admin','channel')),
    vendor_id TEXT,
    demo SMALLINT NOT NULL DEFAULT 0 CHECK (demo IN (0,1)),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((role IN ('vendor_manager','vendor_member')) = (vendor_id IS NOT NULL))
);

CREATE TABLE auth_credential (
    user_id TEXT NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL CHECK (kind IN ('password')),
    phc TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind)
);

CREATE TABLE auth_device (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account(id),
    name TEXT NOT NULL,
    last_seen_at BIGINT NOT NULL
);

CREATE TABLE session_head (
    user_id TEXT PRIMARY KEY REFERENCES user_account(id),
    sv BIGINT NOT NULL DEFAULT 0,
    sid TEXT,
    idle_until BIGINT,
    abs_until BIGINT,
    device_id TEXT
);

CREATE TABLE auth_session (
    sid TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES session_head(user_id),
    sv BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active','displaced','expired_idle','expired_abs','signed_out','revoked')),
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_reason TEXT,
    ended_by_sid TEXT,
    UNIQUE (user_id, sv)
);
CREATE UNIQUE INDEX auth_session_one_active ON auth_session(user_id) WHERE status = 'active';

CREATE TABLE auth_refresh_family (
    family TEXT PRIMARY KEY,
    sid TEXT NOT NULL REFERENCES auth_session(sid),
    user_id TEXT NOT NULL REFERENCES user_account(id),
    counter BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live','revoked')),
    rotated_at BIGINT NOT NULL
);
CREATE INDEX auth_refresh_family_sid ON auth_refresh_family(sid);

CREATE TABLE auth_code (
    code_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account(id),
    challenge TEXT NOT NULL,
    device_name TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    expected_sv BIGINT,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    family TEXT
);

CREATE TABLE auth_revocation (
    seq BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    min_sv BIGINT,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE auth_seq (name TEXT PRIMARY KEY, v BIGINT NOT NULL);
INSERT INTO auth_seq (name, v) VALUES ('revocation', 0);

-- Parties -------------------------------------------------------------------------------------------------------

CREATE TABLE vendor (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('operator','marketplace')),
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('invited','onboarding','pending_review','approved','suspended','rejected','closed')),
    payout_currency CHAR(3) NOT NULL,
    tz TEXT NOT NULL,
    accept_sla_min INTEGER NOT NULL CHECK (accept_sla_min > 0),
    ship_sla_min INTEGER NOT NULL CHECK (ship_sla_min > 0),
    edit_policy TEXT NOT NULL CHECK (edit_policy IN ('auto','review_sensitive','review_all')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE UNIQUE INDEX vendor_one_operator ON vendor(kind) WHERE kind = 'operator';

CREATE TABLE vendor_member (
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    user_id TEXT NOT NULL REFERENCES user_account(id),
    role TEXT NOT NULL CHECK (role IN ('manager','editor','fulfilment','finance','viewer')),
    PRIMARY KEY (vendor_id, user_id)
);

CREATE TABLE customer (
    id TEXT PRIMARY KEY,
    external_ref TEXT UNIQUE,
    display_name TEXT NOT NULL,
    contact_enc TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- Catalogue -----------------------------------------------------------------------------------------------------

CREATE TABLE category (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES category(id),
    code TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE product (
    id TEXT PRIMARY KEY,
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reservation','sale')),
    status TEXT NOT NULL CHECK (status IN ('draft','in_review','rejected','approved','scheduled','active','paused','discontinued','archived')),
    brand TEXT,
    tax_class TEXT NOT NULL,
    cancellation_policy_id TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (vendor_id, code)
);

CREATE TABLE product_text (
    product_id TEXT NOT NULL REFERENCES product(id),
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (product_id, lang)
);

CREATE TABLE product_category (
    product_id TEXT NOT NULL REFERENCES product(id),
    category_id TEXT NOT NULL REFERENCES category(id),
    PRIMARY KEY (product_id, category_id)
);

CREATE TABLE option_group (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product(id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (product_id, code),
    UNIQUE (id, product_id)
);

CREATE TABLE option_value (
    id TEXT PRIMARY KEY,
    option_group_id TEXT NOT NULL REFERENCES option_group(id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (option_group_id, code),
    UNIQUE (id, option_group_id)
);

CREATE TABLE variant (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product(id),
    sku TEXT NOT NULL UNIQUE,
    option_key TEXT NOT NULL,
    barcode TEXT,
    enabled SMALLINT NOT NULL CHECK (enabled IN (0,1)),
    position INTEGER NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (product_id, option_key),
    UNIQUE (id, product_id)
);

CREATE TABLE variant_option (
    variant_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    option_group_id TEXT NOT NULL,
    option_value_id TEXT NOT NULL,
    PRIMARY KEY (variant_id, option_group_id),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant(id, product_id),
    FOREIGN KEY (option_group_id, product_id) REFERENCES option_group(id, product_id),
    FOREIGN KEY (option_value_id, option_group_id) REFERENCES option_value(id, option_group_id)
);

CREATE TABLE offer (
    id TEXT PRIMARY KEY,
    variant_id TEXT NOT NULL REFERENCES variant(id),
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    channel TEXT NOT NULL,
    currency CHAR(3) NOT NULL,
    price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
    list_price_minor BIGINT CHECK (list_price_minor IS NULL OR list_price_minor >= price_minor),
    on_sale SMALLINT NOT NULL CHECK (on_sale IN (0,1)),
    purchasable SMALLINT NOT NULL CHECK (purchasable IN (0,1)),
    min_qty INTEGER NOT NULL DEFAULT 1 CHECK (min_qty >= 1),
    max_qty INTEGER CHECK (max_qty IS NULL OR max_qty >= min_qty),
    valid_from BIGINT NOT NULL,
    valid_until BIGINT CHECK (valid_until IS NULL OR valid_until > valid_from),
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (variant_id, vendor_id, channel, currency, valid_from)
);

CREATE UNIQUE INDEX offer_one_open ON offer(variant_id, vendor_id, channel, currency) WHERE valid_until IS NULL;

-- Inventory: one allocator for stock and for slot capacity ------------------------------------------------------

CREATE TABLE location (
    id TEXT PRIMARY KEY,
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    tz TEXT NOT NULL,
    UNIQUE (vendor_id, code)
);

CREATE TABLE slot_rule (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES product(id),
    rrule TEXT NOT NULL,
    tz TEXT NOT NULL,
    start_local TEXT NOT NULL,
    duration_min INTEGER NOT NULL CHECK (duration_min > 0),
    capacity INTEGER NOT NULL CHECK (capacity >= 0),
    cutoff_min INTEGER NOT NULL DEFAULT 0,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE slot (
    id TEXT PRIMARY KEY,
    product_id TEXT NOT NULL,
    variant_id TEXT NOT NULL,
    slot_rule_id TEXT REFERENCES slot_rule(id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    tz TEXT NOT NULL,
    local_date TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open','closed','cancelled','past')),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (ends_at > starts_at),
    UNIQUE (variant_id, starts_at),
    FOREIGN KEY (variant_id, product_id) REFERENCES variant(id, product_id)
);

CREATE TABLE inventory_item (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('stock','capacity')),
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    variant_id TEXT NOT NULL REFERENCES variant(id),
    location_id TEXT REFERENCES location(id),
    slot_id TEXT UNIQUE REFERENCES slot(id),
    on_hand BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    overbook BIGINT NOT NULL DEFAULT 0 CHECK (overbook >= 0),
    safety BIGINT NOT NULL DEFAULT 0 CHECK (safety >= 0),
    ledger_seq BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (allocated + held <= on_hand + overbook),
    CHECK ((kind = 'stock' AND location_id IS NOT NULL AND slot_id IS NULL) OR (kind = 'capacity' AND slot_id IS NOT NULL))
);

CREATE UNIQUE INDEX inventory_stock_key ON inventory_item(variant_id, vendor_id, location_id) WHERE kind = 'stock';

CREATE TABLE stock_movement (
    id TEXT PRIMARY KEY,
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('received','adjusted','held','hold_released','hold_expired','allocated','released','shipped','returned')),
    d_on_hand BIGINT NOT NULL DEFAULT 0,
    d_allocated BIGINT NOT NULL DEFAULT 0,
    d_held BIGINT NOT NULL DEFAULT 0,
    hold_id TEXT,
    order_line_id TEXT,
    reservation_line_id TEXT,
    fulfilment_id TEXT,
    return_id TEXT,
    reason TEXT,
    actor_id TEXT,
    request_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (inventory_item_id, seq),
    UNIQUE (request_id, inventory_item_id, kind),
    CHECK (d_on_hand <> 0 OR d_allocated <> 0 OR d_held <> 0),
    CHECK (kind <> 'adjusted' OR reason IS NOT NULL)
);

CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    request_key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customer(id),
    partition_no INTEGER NOT NULL,
    queue_seq BIGINT NOT NULL,
    draw_rank BIGINT NOT NULL DEFAULT 0,
    payload_json TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued','processing','held','confirmed','waitlisted','rejected','expired','cancelled','failed')),
    result_code TEXT,
    refused_item_id TEXT,
    soonest_expiry BIGINT,
    reservation_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT,
    enqueued_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    give_up_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (partition_no, queue_seq)
);

CREATE TABLE hold (
    id TEXT PRIMARY KEY,
    ticket_id TEXT REFERENCES ticket(id),
    customer_id TEXT NOT NULL REFERENCES customer(id),
    status TEXT NOT NULL CHECK (status IN ('active','converted','released','expired')),
    expires_at BIGINT NOT NULL,
    max_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (expires_at <= max_until)
);

CREATE INDEX hold_due ON hold(expires_at) WHERE status = 'active';

CREATE TABLE hold_line (
    hold_id TEXT NOT NULL REFERENCES hold(id),
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    unit_price_minor BIGINT NOT NULL CHECK (unit_price_minor >= 0),
    currency CHAR(3) NOT NULL,
    PRIMARY KEY (hold_id, inventory_item_id)
);

CREATE TABLE cancellation_policy (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    revision INTEGER NOT NULL,
    no_show_fee_bps INTEGER NOT NULL CHECK (no_show_fee_bps BETWEEN 0 AND 10000),
    UNIQUE (code, revision)
);

CREATE TABLE cancellation_tier (
    policy_id TEXT NOT NULL REFERENCES cancellation_policy(id),
    min_hours_before INTEGER NOT NULL CHECK (min_hours_before >= 0),
    refund_bps INTEGER NOT NULL CHECK (refund_bps BETWEEN 0 AND 10000),
    fee_minor BIGINT NOT NULL DEFAULT 0,
    currency CHAR(3),
    PRIMARY KEY (policy_id, min_hours_before)
);

-- Orders --------------------------------------------------------------------------------------------------------

CREATE TABLE sales_order (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customer(id),
    channel TEXT NOT NULL,
    currency CHAR(3) NOT NULL,
    request_key TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('draft','pending_stock','pending_payment','placed','in_fulfilment','completed','cancelled','expired')),
    payment_status TEXT NOT NULL,
    fulfilment_status TEXT NOT NULL,
    items_minor BIGINT NOT NULL DEFAULT 0,
    discount_minor BIGINT NOT NULL DEFAULT 0,
    shipping_minor BIGINT NOT NULL DEFAULT 0,
    tax_minor BIGINT NOT NULL DEFAULT 0,
    total_minor BIGINT NOT NULL DEFAULT 0,
    hold_id TEXT UNIQUE REFERENCES hold(id),
    placed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (total_minor = items_minor - discount_minor + shipping_minor + tax_minor)
);

CREATE TABLE vendor_order (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES sales_order(id),
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    status TEXT NOT NULL CHECK (status IN ('awaiting_acceptance','accepted','preparing','partially_shipped','shipped','delivered','closed','refused','cancelled')),
    accept_due_at BIGINT,
    ship_due_at BIGINT,
    total_minor BIGINT NOT NULL,
    currency CHAR(3) NOT NULL,
    placed_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    carrier TEXT NOT NULL DEFAULT '',
    tracking_no TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (order_id, vendor_id),
    UNIQUE (id, order_id, vendor_id)
);

CREATE TABLE order_line (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES sales_order(id),
    line_no INTEGER NOT NULL,
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    vendor_order_id TEXT,
    variant_id TEXT NOT NULL REFERENCES variant(id),
    offer_id TEXT NOT NULL REFERENCES offer(id),
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    cancelled_qty BIGINT NOT NULL DEFAULT 0,
    shipped_qty BIGINT NOT NULL DEFAULT 0,
    returned_qty BIGINT NOT NULL DEFAULT 0,
    unit_price_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL DEFAULT 0,
    tax_minor BIGINT NOT NULL DEFAULT 0,
    total_minor BIGINT NOT NULL,
    currency CHAR(3) NOT NULL,
    snapshot_json TEXT NOT NULL,
    UNIQUE (order_id, line_no),
    FOREIGN KEY (vendor_order_id, order_id, vendor_id) REFERENCES vendor_order(id, order_id, vendor_id),
    CHECK (cancelled_qty >= 0 AND shipped_qty >= 0 AND returned_qty >= 0 AND cancelled_qty + shipped_qty <= qty AND returned_qty <= shipped_qty),
    CHECK (total_minor = unit_price_minor * qty - discount_minor + tax_minor)
);

-- Reservations --------------------------------------------------------------------------------------------------

CREATE TABLE reservation (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customer(id),
    order_id TEXT REFERENCES sales_order(id),
    hold_id TEXT UNIQUE REFERENCES hold(id),
    status TEXT NOT NULL CHECK (status IN ('pending','confirmed','cancel_requested','cancelled','checked_in','no_show','completed','expired')),
    policy_id TEXT NOT NULL REFERENCES cancellation_policy(id),
    confirmed_at BIGINT,
    cancelled_at BIGINT,
    cancel_reason TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE reservation_line (
    id TEXT PRIMARY KEY,
    reservation_id TEXT NOT NULL REFERENCES reservation(id),
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    order_line_id TEXT REFERENCES order_line(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    unit_price_minor BIGINT NOT NULL,
    currency CHAR(3) NOT NULL,
    UNIQUE (reservation_id, inventory_item_id)
);

CREATE TABLE allocation (
    id TEXT PRIMARY KEY,
    inventory_item_id TEXT NOT NULL REFERENCES inventory_item(id),
    order_line_id TEXT REFERENCES order_line(id),
    reservation_line_id TEXT REFERENCES reservation_line(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    status TEXT NOT NULL CHECK (status IN ('active','consumed','released')),
    at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((order_line_id IS NULL) <> (reservation_line_id IS NULL))
);

CREATE INDEX allocation_active ON allocation(inventory_item_id) WHERE status = 'active';

-- Fulfilment and payment ----------------------------------------------------------------------------------------

CREATE TABLE fulfilment (
    id TEXT PRIMARY KEY,
    vendor_order_id TEXT NOT NULL REFERENCES vendor_order(id),
    status TEXT NOT NULL CHECK (status IN ('pending','packed','shipped','delivered','lost','cancelled')),
    carrier TEXT,
    tracking_no TEXT,
    shipped_at BIGINT,
    delivered_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE fulfilment_line (
    fulfilment_id TEXT NOT NULL REFERENCES fulfilment(id),
    order_line_id TEXT NOT NULL REFERENCES order_line(id),
    qty BIGINT NOT NULL CHECK (qty > 0),
    PRIMARY KEY (fulfilment_id, order_line_id)
);

CREATE TABLE payment (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES sales_order(id),
    provider TEXT NOT NULL,
    provider_ref TEXT,
    status TEXT NOT NULL CHECK (status IN ('created','processing','authorised','partially_captured','captured','failed','voided','expired','partially_refunded','refunded')),
    currency CHAR(3) NOT NULL,
    authorised_minor BIGINT NOT NULL DEFAULT 0,
    captured_minor BIGINT NOT NULL DEFAULT 0,
    refunded_minor BIGINT NOT NULL DEFAULT 0,
    request_key TEXT NOT NULL UNIQUE,
    auth_expires_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (captured_minor <= authorised_minor),
    CHECK (refunded_minor <= captured_minor),
    UNIQUE (provider, provider_ref)
);

CREATE TABLE payment_event (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES payment(id),
    kind TEXT NOT NULL CHECK (kind IN ('authorise','capture','void','refund','fail','chargeback')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    provider_event_id TEXT NOT NULL,
    raw_json TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (payment_id, provider_event_id)
);

CREATE TABLE payment_split (
    payment_id TEXT NOT NULL REFERENCES payment(id),
    vendor_order_id TEXT NOT NULL REFERENCES vendor_order(id),
    authorised_minor BIGINT NOT NULL DEFAULT 0,
    captured_minor BIGINT NOT NULL DEFAULT 0,
    refunded_minor BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (payment_id, vendor_order_id),
    CHECK (captured_minor <= authorised_minor),
    CHECK (refunded_minor <= captured_minor)
);

CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES payment(id),
    vendor_order_id TEXT REFERENCES vendor_order(id),
    reservation_id TEXT REFERENCES reservation(id),
    status TEXT NOT NULL CHECK (status IN ('requested','approved','processing','succeeded','failed','rejected')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency CHAR(3) NOT NULL,
    reason TEXT NOT NULL,
    calc_json TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    approved_by TEXT,
    request_key TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE settlement (
    id TEXT PRIMARY KEY,
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    currency CHAR(3) NOT NULL,
    period_from BIGINT NOT NULL,
    period_until BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft','approved','paying','paid','failed')),
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (vendor_id, currency, period_from)
);

CREATE TABLE vendor_ledger (
    id TEXT PRIMARY KEY,
    vendor_id TEXT NOT NULL REFERENCES vendor(id),
    vendor_order_id TEXT REFERENCES vendor_order(id),
    kind TEXT NOT NULL CHECK (kind IN ('sale','commission','refund_reversal','commission_reversal','adjustment','payout')),
    amount_minor BIGINT NOT NULL,
    currency CHAR(3) NOT NULL,
    settlement_id TEXT REFERENCES settlement(id),
    reversed_from TEXT REFERENCES vendor_ledger(id),
    request_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (request_id, kind, vendor_id)
);

-- What every change leaves behind -------------------------------------------------------------------------------

CREATE TABLE state_transition (
    id TEXT PRIMARY KEY,
    machine TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    actor_id TEXT,
    actor_role TEXT NOT NULL,
    reason TEXT,
    request_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    entity_version BIGINT NOT NULL,
    UNIQUE (machine, entity_id, entity_version)
);

CREATE TABLE transition_rule (
    machine TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    actor_role TEXT NOT NULL,
    PRIMARY KEY (machine, from_state, to_state, actor_role)
);

CREATE TABLE audit_event (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT,
    session_id TEXT,
    actor_role TEXT,
    vendor_id TEXT,
    action TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    diff_json TEXT NOT NULL,
    request_id TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);

CREATE TABLE outbox (
    seq BIGINT PRIMARY KEY,
    topic TEXT NOT NULL,
    scope_vendor_id TEXT,
    entity_type TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    entity_version BIGINT NOT NULL,
    payload_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT
);

CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('in_progress','done')),
    response_code INTEGER,
    response_json TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (scope, request_key)
);

-- Ways in for the lists ---------------------------------------------------------------------------------------------

CREATE INDEX variant_product ON variant(product_id);
CREATE INDEX offer_variant ON offer(variant_id);
CREATE INDEX product_updated ON product(updated_at, id);
CREATE INDEX slot_product_day ON slot(product_id, local_date);
CREATE INDEX slot_day ON slot(local_date);
CREATE INDEX inventory_variant ON inventory_item(variant_id);
CREATE INDEX ticket_recent ON ticket(enqueued_at, id);
CREATE INDEX ticket_open ON ticket(status) WHERE status IN ('queued','processing','held','waitlisted');
CREATE INDEX hold_line_item ON hold_line(inventory_item_id);
CREATE INDEX hold_ticket ON hold(ticket_id);
CREATE INDEX sales_order_created ON sales_order(created_at, id);
CREATE INDEX sales_order_placed ON sales_order(placed_at);
CREATE INDEX vendor_order_status ON vendor_order(status, vendor_id);
CREATE INDEX vendor_order_accept_due ON vendor_order(accept_due_at) WHERE status = 'awaiting_acceptance';
CREATE INDEX vendor_order_placed ON vendor_order(placed_at, id);
CREATE INDEX order_line_order ON order_line(order_id);
CREATE INDEX order_line_vendor_order ON order_line(vendor_order_id);
CREATE INDEX reservation_created ON reservation(created_at, id);
CREATE INDEX reservation_cancelled ON reservation(cancelled_at) WHERE cancelled_at IS NOT NULL;
CREATE INDEX reservation_line_item ON reservation_line(inventory_item_id);
CREATE INDEX allocation_order_line ON allocation(order_line_id);
CREATE INDEX allocation_reservation_line ON allocation(reservation_line_id);
CREATE INDEX fulfilment_vendor_order ON fulfilment(vendor_order_id);
CREATE INDEX payment_order ON payment(order_id);
CREATE INDEX stock_movement_hold ON stock_movement(hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX audit_entity ON audit_event(entity_type, entity_id);
CREATE INDEX audit_request ON audit_event(request_id);
CREATE INDEX idempotency_expiry ON idempotency(expires_at);
