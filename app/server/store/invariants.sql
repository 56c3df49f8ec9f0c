-- SPDX-License-Identifier: GPL-3.0-or-later
-- Each query returns violations; empty = the rule holds. `:now` is bound by the checker (Unix milliseconds).

-- I01 never oversold, never negative (also CHECK constraints)
SELECT 'I01' AS rule, id FROM inventory_item WHERE on_hand + overbook - allocated - held < 0 OR on_hand < 0 OR allocated < 0 OR held < 0;

-- I02 sum(ledger) = counters, all three
SELECT 'I02' AS rule, i.id FROM inventory_item i LEFT JOIN stock_movement m ON m.inventory_item_id = i.id GROUP BY i.id, i.on_hand, i.allocated, i.held HAVING COALESCE(SUM(m.d_on_hand),0) <> i.on_hand OR COALESCE(SUM(m.d_allocated),0) <> i.allocated OR COALESCE(SUM(m.d_held),0) <> i.held;

-- I03 ledger is gapless per item
SELECT 'I03' AS rule, i.id FROM inventory_item i LEFT JOIN stock_movement m ON m.inventory_item_id = i.id GROUP BY i.id, i.ledger_seq HAVING COUNT(m.seq) <> i.ledger_seq OR COALESCE(MAX(m.seq),0) <> i.ledger_seq;

-- I04 held = open holds
SELECT 'I04' AS rule, i.id FROM inventory_item i LEFT JOIN (SELECT l.inventory_item_id k, SUM(l.qty) q FROM hold_line l JOIN hold h ON h.id = l.hold_id WHERE h.status = 'active' GROUP BY l.inventory_item_id) x ON x.k = i.id WHERE COALESCE(x.q,0) <> i.held;

-- I05 allocated = open allocations
SELECT 'I05' AS rule, i.id FROM inventory_item i LEFT JOIN (SELECT inventory_item_id k, SUM(qty) q FROM allocation WHERE status = 'active' GROUP BY inventory_item_id) x ON x.k = i.id WHERE COALESCE(x.q,0) <> i.allocated;

-- I06 a closed hold nets to zero in the ledger
SELECT 'I06' AS rule, h.id FROM hold h JOIN stock_movement m ON m.hold_id = h.id WHERE h.status <> 'active' GROUP BY h.id HAVING SUM(m.d_held) <> 0;

-- I07 sweeper: nothing active long past its deadline (:now bound by the checker, grace 5 s)
SELECT 'I07' AS rule, id FROM hold WHERE status = 'active' AND expires_at < :now - 5000;

-- I08 reservation is all-or-nothing: every line of a live reservation is fully allocated, none of a dead one is
SELECT 'I08' AS rule, r.id FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id WHERE (r.status IN ('confirmed','cancel_requested','checked_in','completed','no_show') AND l.seats <> l.qty) OR (r.status IN ('cancelled','expired') AND l.seats <> 0);

-- I09 a confirmed ticket owns exactly one reservation, any other ticket none
SELECT 'I09' AS rule, id FROM ticket WHERE (status = 'confirmed') <> (reservation_id IS NOT NULL);

-- I10 order total = its vendor orders; one currency throughout
SELECT 'I10' AS rule, o.id FROM sales_order o JOIN vendor_order v ON v.order_id = o.id GROUP BY o.id, o.total_minor, o.currency HAVING SUM(v.total_minor) <> o.total_minor OR MIN(v.currency) <> o.currency OR MAX(v.currency) <> o.currency;

-- I11 order items = its lines; no orphan line once placed; seller, offer and stock agree
SELECT 'I11' AS rule, l.id FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN offer f ON f.id = l.offer_id JOIN inventory_item i ON i.id = l.inventory_item_id WHERE f.vendor_id <> l.vendor_id OR i.vendor_id <> l.vendor_id OR f.variant_id <> l.variant_id OR i.variant_id <> l.variant_id OR l.currency <> o.currency OR (o.status IN ('placed','in_fulfilment','completed') AND l.vendor_order_id IS NULL);

-- I12 payment columns = payment events
SELECT 'I12' AS rule, p.id FROM payment p LEFT JOIN payment_event e ON e.payment_id = p.id GROUP BY p.id, p.authorised_minor, p.captured_minor, p.refunded_minor HAVING COALESCE(SUM(CASE e.kind WHEN 'authorise' THEN e.amount_minor ELSE 0 END),0) <> p.authorised_minor OR COALESCE(SUM(CASE e.kind WHEN 'capture' THEN e.amount_minor ELSE 0 END),0) <> p.captured_minor OR COALESCE(SUM(CASE e.kind WHEN 'refund' THEN e.amount_minor ELSE 0 END),0) <> p.refunded_minor;

-- I13 splits add up to the one gateway payment
SELECT 'I13' AS rule, p.id FROM payment p JOIN payment_split s ON s.payment_id = p.id GROUP BY p.id, p.authorised_minor, p.captured_minor, p.refunded_minor HAVING SUM(s.authorised_minor) <> p.authorised_minor OR SUM(s.captured_minor) <> p.captured_minor OR SUM(s.refunded_minor) <> p.refunded_minor;

-- I14 succeeded refunds = refunded column, in-flight refunds never exceed the rest
SELECT 'I14' AS rule, p.id FROM payment p LEFT JOIN refund r ON r.payment_id = p.id GROUP BY p.id, p.captured_minor, p.refunded_minor HAVING COALESCE(SUM(CASE WHEN r.status = 'succeeded' THEN r.amount_minor ELSE 0 END),0) <> p.refunded_minor OR COALESCE(SUM(CASE WHEN r.status IN ('approved','processing','succeeded') THEN r.amount_minor ELSE 0 END),0) > p.captured_minor;

-- I15 shipped quantity = shipped fulfilment lines
SELECT 'I15' AS rule, l.id FROM order_line l LEFT JOIN (SELECT fl.order_line_id k, SUM(fl.qty) q FROM fulfilment_line fl JOIN fulfilment f ON f.id = fl.fulfilment_id WHERE f.status IN ('shipped','delivered','lost') GROUP BY fl.order_line_id) x ON x.k = l.id WHERE COALESCE(x.q,0) <> l.shipped_qty;

-- I16 commission and settlement: ledger rows of a settlement add to its net
SELECT 'I16' AS rule, s.id FROM settlement s LEFT JOIN vendor_ledger v ON v.settlement_id = s.id AND v.kind <> 'payout' GROUP BY s.id, s.net_minor HAVING COALESCE(SUM(v.amount_minor),0) <> s.net_minor;

-- I17 every transition is in the rule table for that actor role
SELECT 'I17' AS rule, t.id FROM state_transition t LEFT JOIN transition_rule r ON r.machine = t.machine AND r.from_state = t.from_state AND r.to_state = t.to_state AND r.actor_role = t.actor_role WHERE r.machine IS NULL;

-- I18 transitions chain: each from_state is the previous to_state
SELECT 'I18' AS rule, x.id FROM (SELECT id, from_state, LAG(to_state) OVER (PARTITION BY machine, entity_id ORDER BY entity_version) AS prev FROM state_transition) x WHERE x.prev IS NOT NULL AND x.prev <> x.from_state;

-- I19 current status = last transition, for every machine
SELECT 'I19' AS rule, t.entity_id FROM (SELECT machine, entity_id, to_state, ROW_NUMBER() OVER (PARTITION BY machine, entity_id ORDER BY entity_version DESC) AS n FROM state_transition) t JOIN (
    SELECT 'product' AS machine, id, status FROM product
    UNION ALL SELECT 'order' AS machine, id, status FROM sales_order
    UNION ALL SELECT 'vendor_order' AS machine, id, status FROM vendor_order
    UNION ALL SELECT 'payment' AS machine, id, status FROM payment
    UNION ALL SELECT 'ticket' AS machine, id, status FROM ticket
    UNION ALL SELECT 'hold' AS machine, id, status FROM hold
    UNION ALL SELECT 'reservation' AS machine, id, status FROM reservation
) r ON r.machine = t.machine AND r.id = t.entity_id WHERE t.n = 1 AND r.status <> t.to_state;

-- I20 option matrix is complete: one value per group for every variant
SELECT 'I20' AS rule, v.id FROM variant v LEFT JOIN option_group g ON g.product_id = v.product_id LEFT JOIN variant_option o ON o.variant_id = v.id AND o.option_group_id = g.id WHERE g.id IS NOT NULL AND o.option_value_id IS NULL;

-- I21 offer windows never overlap
SELECT 'I21' AS rule, a.id FROM offer a JOIN offer b ON a.variant_id = b.variant_id AND a.vendor_id = b.vendor_id AND a.channel = b.channel AND a.currency = b.currency AND a.id <> b.id AND a.valid_from < COALESCE(b.valid_until, 9223372036854775807) AND b.valid_from < COALESCE(a.valid_until, 9223372036854775807);

-- I22 an active product can be bought or is honestly empty: at least one enabled variant with a live offer
SELECT 'I22' AS rule, p.id FROM product p WHERE p.status = 'active' AND NOT EXISTS (SELECT 1 FROM variant v JOIN offer f ON f.variant_id = v.id WHERE v.product_id = p.id AND v.enabled = 1 AND f.valid_from <= :now AND (f.valid_until IS NULL OR f.valid_until > :now));

-- I23 audit chain is unbroken
SELECT 'I23' AS rule, a.seq FROM journal a LEFT JOIN journal b ON b.seq = a.seq - 1 WHERE a.seq > 1 AND b.seq IS NULL;

-- I24 queue fairness: no later ticket was granted before an earlier equal request was refused as sold out (decided_seq is the order of decisions: no clock is asked)
SELECT 'I24' AS rule, id FROM (SELECT id, status, result_code, decided_seq, MIN(CASE WHEN status IN ('held','confirmed') THEN decided_seq END) OVER (PARTITION BY partition_no, payload_json ORDER BY draw_rank DESC, queue_seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later_ok FROM ticket) x WHERE status = 'rejected' AND result_code = 'sold_out' AND later_ok < decided_seq;

-- I25 a queue ticket is never lost: not finished, lease lapsed, past its give-up time
SELECT 'I25' AS rule, id FROM ticket WHERE status IN ('queued','processing') AND give_up_at < :now - 5000 AND (lease_until IS NULL OR lease_until < :now);

-- I26 what a booking is made of belongs to rows that are there (on PostgreSQL no foreign key looks at each of them)
SELECT 'I26' AS rule, x.id FROM ticket x LEFT JOIN customer c ON c.id = x.customer_id LEFT JOIN opening o ON o.id = x.opening_id WHERE c.id IS NULL OR (x.opening_id IS NOT NULL AND o.id IS NULL)
UNION ALL SELECT 'I26' AS rule, x.id FROM hold x LEFT JOIN customer c ON c.id = x.customer_id LEFT JOIN ticket t ON t.id = x.ticket_id WHERE c.id IS NULL OR (x.ticket_id IS NOT NULL AND t.id IS NULL)
UNION ALL SELECT 'I26' AS rule, x.hold_id FROM hold_line x LEFT JOIN hold h ON h.id = x.hold_id LEFT JOIN inventory_item i ON i.id = x.inventory_item_id WHERE h.id IS NULL OR i.id IS NULL
UNION ALL SELECT 'I26' AS rule, x.id FROM reservation x LEFT JOIN customer c ON c.id = x.customer_id LEFT JOIN cancellation_policy p ON p.id = x.policy_id LEFT JOIN sales_order o ON o.id = x.order_id LEFT JOIN hold h ON h.id = x.hold_id WHERE c.id IS NULL OR p.id IS NULL OR (x.order_id IS NOT NULL AND o.id IS NULL) OR (x.hold_id IS NOT NULL AND h.id IS NULL)
UNION ALL SELECT 'I26' AS rule, x.id FROM reservation_line x LEFT JOIN reservation r ON r.id = x.reservation_id LEFT JOIN inventory_item i ON i.id = x.inventory_item_id LEFT JOIN order_line l ON l.id = x.order_line_id WHERE r.id IS NULL OR i.id IS NULL OR (x.order_line_id IS NOT NULL AND l.id IS NULL)
UNION ALL SELECT 'I26' AS rule, x.id FROM order_allocation x LEFT JOIN inventory_item i ON i.id = x.inventory_item_id WHERE i.id IS NULL
UNION ALL SELECT 'I26' AS rule, x.inventory_item_id FROM stock_movement x LEFT JOIN inventory_item i ON i.id = x.inventory_item_id WHERE i.id IS NULL;

-- I27 every place in the queue and every code of a reservation is there once
SELECT 'I27' AS rule, MIN(id) FROM ticket GROUP BY partition_no, queue_seq HAVING COUNT(*) > 1
UNION ALL SELECT 'I27' AS rule, MIN(id) FROM reservation GROUP BY code HAVING COUNT(*) > 1;

-- I28 one cause moves an item once in each way
SELECT 'I28' AS rule, request_id FROM stock_movement GROUP BY request_id, inventory_item_id, kind HAVING COUNT(*) > 1;

-- V09 every transition was published exactly once (of those whose events are kept still)
SELECT 'V09' AS rule, MIN(t.id) FROM state_transition t LEFT JOIN (SELECT entity_type, entity_id, entity_version, COUNT(*) AS n FROM outbox GROUP BY entity_type, entity_id, entity_version) b ON b.entity_type = t.machine AND b.entity_id = t.entity_id AND b.entity_version = t.entity_version WHERE CAST(t.id AS BIGINT) > COALESCE((SELECT MIN(p.journal_seq) FROM outbox_page p WHERE p.first_seq > 1 AND p.first_seq = (SELECT MIN(first_seq) FROM outbox_page)), 0) GROUP BY t.machine, t.entity_id, t.entity_version HAVING COALESCE(SUM(b.n), 0) <> 1;

-- W01 freed seats go to the waiting list first: nobody waits whose party fits into seats that are free for everybody
SELECT 'W01' AS rule, e.id FROM waitlist_entry e JOIN inventory_item i ON i.id = e.inventory_item_id JOIN slot s ON s.id = i.slot_id JOIN product p ON p.id = s.product_id WHERE e.status = 'waiting' AND (i.special & 1) = 0 AND e.party_size <= i.on_hand + i.overbook - i.safety - i.allocated - i.held AND s.status = 'open' AND p.status = 'active' AND e.closes_at > :now;

-- W02 a place on a waiting list and its ticket are one thing
SELECT 'W02' AS rule, e.id FROM waitlist_entry e LEFT JOIN ticket t ON t.id = e.ticket_id WHERE t.id IS NULL OR t.waiting <> 1 OR t.status <> CASE e.status WHEN 'waiting' THEN 'waitlisted' WHEN 'offered' THEN 'held' WHEN 'accepted' THEN 'confirmed' WHEN 'withdrawn' THEN 'cancelled' ELSE 'expired' END;

-- W03 seats are kept exactly while a party that was passed over three times waits
SELECT 'W03' AS rule, i.id FROM inventory_item i JOIN slot s ON s.id = i.slot_id LEFT JOIN (SELECT e.inventory_item_id k, MIN(e.party_size) smallest, MAX(e.closes_at) last FROM waitlist_entry e WHERE e.status = 'waiting' AND e.passed_over >= 3 GROUP BY e.inventory_item_id) w ON w.k = i.id WHERE ((i.special & 1) <> 0 AND w.k IS NULL) OR ((i.special & 1) = 0 AND w.smallest <= i.on_hand + i.overbook - i.safety AND s.status = 'open' AND w.last > :now);

-- W04 an offer is an open hold of the party's own size and name
SELECT 'W04' AS rule, e.id FROM waitlist_entry e LEFT JOIN hold h ON h.id = e.offered_hold_id LEFT JOIN hold_line l ON l.hold_id = h.id AND l.inventory_item_id = e.inventory_item_id WHERE e.status = 'offered' AND (h.id IS NULL OR h.status <> 'active' OR h.ticket_id <> e.ticket_id OR h.customer_id <> e.customer_id OR l.qty IS NULL OR l.qty <> e.party_size);

-- W05 nobody is left in the queue of an opening that is over; one that was cancelled tells everybody within a minute
SELECT 'W05' AS rule, t.id FROM ticket t JOIN opening o ON o.id = t.opening_id WHERE t.status = 'queued' AND (o.state = 'open' OR (o.state = 'cancelled' AND COALESCE(o.cancelled_at, 0) < :now - 60000));

-- W06 a draw gives every rank once (who asked in time and was read after it, lot '', shares one)
SELECT 'W06' AS rule, t.opening_id FROM ticket t JOIN opening o ON o.id = t.opening_id WHERE o.state IN ('drawing','open') AND t.draw_rank > 0 AND t.draw_rank <= o.base_rank + o.registered AND COALESCE(t.lot, '-') <> '' GROUP BY t.opening_id, t.draw_rank HAVING COUNT(*) > 1;
