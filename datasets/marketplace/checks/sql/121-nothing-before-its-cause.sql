-- ja: 原因より先に起きる行、退会後の利用、終わりより後の行がない
-- en: Nothing happens before its cause, after a guest has left, or after the end of the data
-- planted ja: 該当する行はない
-- planted en: no such row
-- found ja: {} 行
-- found en: {} rows
WITH wrong AS (
  SELECT count(*) AS n FROM sessions AS s JOIN guests AS g USING (guest_id)
  WHERE s.started_at_utc < g.registered_at_utc OR s.started_at_utc >= g.deleted_at_utc OR s.ended_at_utc < s.started_at_utc
  UNION ALL
  SELECT count(*) FROM talks AS t JOIN guests AS g USING (guest_id)
  WHERE t.opened_at_utc < g.registered_at_utc OR t.opened_at_utc >= g.deleted_at_utc
  UNION ALL
  SELECT count(*) FROM messages AS m JOIN talks AS t USING (talk_id)
  WHERE m.sent_at_utc < t.opened_at_utc OR m.read_at_utc < m.sent_at_utc OR m.deleted_at_utc < m.sent_at_utc OR m.sent_at_utc > t.closed_at_utc
  UNION ALL
  SELECT count(*) FROM appointments AS a JOIN talks AS t USING (talk_id) WHERE a.requested_at_utc < t.opened_at_utc OR a.guest_id <> t.guest_id
  UNION ALL
  SELECT count(*) FROM appointments WHERE scheduled_start_jst <= requested_at_utc + INTERVAL 9 HOUR
  UNION ALL
  SELECT count(*) FROM list_impressions AS i JOIN casts AS c USING (cast_id)
  WHERE i.shown_at_utc < c.joined_at_utc OR i.shown_at_utc >= c.retired_at_utc OR i.ingested_at_utc < i.shown_at_utc
  UNION ALL
  SELECT count(*) FROM (
    SELECT changed_at_utc < lag(changed_at_utc) OVER (PARTITION BY appointment_id ORDER BY seq) AS goes_back FROM appointment_status_log)
  WHERE goes_back
  UNION ALL
  SELECT count(*) FROM guest_devices WHERE last_seen_at_utc < first_seen_at_utc
  UNION ALL
  SELECT count(*) FROM guests WHERE deleted_at_utc IS NOT NULL AND email IS NOT NULL
  UNION ALL
  SELECT count(*) FROM (
    SELECT max(sent_at_utc) AS t FROM messages UNION ALL SELECT max(ended_at_utc) FROM sessions UNION ALL SELECT max(last_seen_at_utc) FROM guest_devices
    UNION ALL SELECT max(changed_at_utc) FROM appointment_status_log UNION ALL SELECT max(booked_at_jst) - INTERVAL 9 HOUR FROM point_ledger
    UNION ALL SELECT max(updated_at_jst) - INTERVAL 9 HOUR FROM payments UNION ALL SELECT max(read_at_utc) FROM messages)
  WHERE t >= '2025-12-31 20:00'
)
SELECT sum(n) = 0 AS ok, sum(n) FROM wrong
