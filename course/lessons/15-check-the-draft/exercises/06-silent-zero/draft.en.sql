-- Find the talks that led to no appointment
SELECT t.talk_id
FROM talks AS t
WHERE t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  -- Exclude talks that have an appointment
  AND t.talk_id NOT IN (SELECT a.talk_id FROM appointments AS a)
