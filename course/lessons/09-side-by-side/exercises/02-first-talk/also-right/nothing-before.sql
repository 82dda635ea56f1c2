SELECT t.guest_id, t.talk_id, t.cast_id, t.opened_at_utc
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND g.registered_at_utc < TIMESTAMP '2025-12-31 20:00'
  AND NOT EXISTS (
    SELECT 1 FROM talks AS e
    WHERE e.guest_id = t.guest_id
      AND (e.opened_at_utc < t.opened_at_utc OR (e.opened_at_utc = t.opened_at_utc AND e.talk_id < t.talk_id)))
ORDER BY t.guest_id
