SELECT t.talk_id
FROM talks AS t
WHERE t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND NOT EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = t.talk_id)
