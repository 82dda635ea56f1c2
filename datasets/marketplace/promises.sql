-- What holds in every data set beyond the schema's own CHECKs: each query returns no row. `penguin data check` proves it.

-- What people do, they do on a business day of the calendar that is not closed; what only machines do, on any.
SELECT 1 FROM guests WHERE CAST(registered_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM guests WHERE CAST(verified_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM guests WHERE CAST(deleted_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM casts WHERE CAST(retired_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar);
SELECT 1 FROM guest_devices WHERE CAST(first_seen_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM guest_devices WHERE CAST(last_seen_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM experiment_assignments WHERE CAST(assigned_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM sessions WHERE CAST(started_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM sessions WHERE CAST(ended_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM list_impressions WHERE CAST(shown_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM list_impressions WHERE CAST(ingested_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar);
SELECT 1 FROM talks WHERE CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM talks WHERE CAST(closed_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM messages WHERE CAST(sent_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM messages WHERE CAST(read_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM appointments WHERE CAST(requested_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM appointment_status_log WHERE CAST(changed_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM payments WHERE CAST(paid_at_jst - INTERVAL 5 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM payments WHERE CAST(updated_at_jst - INTERVAL 5 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM point_ledger WHERE CAST(booked_at_jst - INTERVAL 5 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar);
SELECT 1 FROM point_ledger
WHERE entry_kind <> 'expire' AND CAST(booked_at_jst - INTERVAL 5 HOUR AS DATE) IN (SELECT business_date FROM calendar WHERE is_closed);
SELECT 1 FROM fraud_scores WHERE scored_on NOT IN (SELECT business_date FROM calendar);
SELECT 1 FROM experiment_assignments WHERE CAST(exposed_at_utc + INTERVAL 4 HOUR AS DATE) NOT IN (SELECT business_date FROM calendar WHERE NOT is_closed);
SELECT 1 FROM cast_shifts WHERE business_date IN (SELECT business_date FROM calendar WHERE is_closed);
SELECT 1 FROM appointments WHERE CAST(scheduled_start_jst - INTERVAL 5 HOUR AS DATE) IN (SELECT business_date FROM calendar WHERE is_closed);

-- Two tables that name the same guest or cast mean the same one.
SELECT 1 FROM appointments AS a JOIN talks AS t ON t.talk_id = a.talk_id
WHERE a.guest_id <> t.guest_id OR a.cast_id <> t.cast_id;
SELECT 1 FROM list_impressions AS i JOIN sessions AS s ON s.session_id = i.session_id WHERE i.guest_id <> s.guest_id;
SELECT 1 FROM point_ledger AS l JOIN payments AS p ON p.payment_id = l.payment_id WHERE l.guest_id <> p.guest_id;
SELECT 1 FROM point_ledger AS l JOIN appointments AS a ON a.appointment_id = l.appointment_id WHERE l.guest_id <> a.guest_id;

-- A refund names a purchase of the same guest, made before.
SELECT 1 FROM payments WHERE original_payment_id NOT IN (SELECT payment_id FROM payments);
SELECT 1 FROM payments AS r JOIN payments AS p ON p.payment_id = r.original_payment_id
WHERE p.kind <> 'purchase' OR r.guest_id <> p.guest_id OR r.paid_at_jst < p.paid_at_jst;

-- A resent impression says what the first one said.
SELECT 1 FROM list_impressions GROUP BY event_id
HAVING COUNT(DISTINCT guest_id) > 1 OR COUNT(DISTINCT cast_id) > 1 OR COUNT(DISTINCT screen) > 1 OR COUNT(DISTINCT position) > 1
    OR COUNT(DISTINCT algo) > 1 OR COUNT(DISTINCT is_clicked) > 1 OR COUNT(DISTINCT shown_at_utc) > 1;

-- An app event has each of its parameters once, with its value in the part for its type; the kind of event says which it has.
SELECT 1 FROM app_events WHERE len(list_distinct([p.key for p in event_params])) <> len(event_params);
SELECT 1 FROM app_events WHERE len(event_params) <> len([p.key for p in event_params
  if (p.key IN ('page_title', 'source')) = (p.value.string_value IS NOT NULL) AND (p.key NOT IN ('page_title', 'source')) = coalesce(p.value.int_value > 0, FALSE)
    AND p.value.float_value IS NULL AND p.value.double_value IS NULL]);
SELECT 1 FROM app_events WHERE list_sort([p.key for p in event_params]) NOT IN (
  ['ga_session_id'], ['ga_session_id', 'page_title'], ['cast_id', 'ga_session_id', 'page_title', 'position'],
  ['cast_id', 'ga_session_id', 'source', 'talk_id']);
SELECT 1 FROM app_events WHERE (event_name = 'session_start') <> (len(event_params) = 1);
SELECT 1 FROM app_events WHERE (event_name = 'page_view') <> list_contains([p.key for p in event_params], 'page_title');
SELECT 1 FROM app_events WHERE len([p.key for p in event_params
  if p.key = 'page_title' AND p.value.string_value NOT IN ('list', 'search', 'cast')
    OR p.key = 'source' AND p.value.string_value NOT IN ('list', 'favorite', 'push')]) > 0;
SELECT 1 FROM app_events WHERE (event_name = 'page_view' AND list_contains([p.key for p in event_params], 'cast_id'))
  <> (len([p.key for p in event_params if p.key = 'page_title' AND p.value.string_value = 'cast']) > 0);
