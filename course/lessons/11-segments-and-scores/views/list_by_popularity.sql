SELECT i.cast_id, i.position,
       CASE WHEN i.is_clicked THEN 1 ELSE 0 END AS clicked
FROM list_impressions AS i
JOIN guests AS g ON g.guest_id = i.guest_id
WHERE i.screen = 'list'
  AND NOT g.is_test
  AND i.shown_at_utc >= TIMESTAMP '2025-06-30 20:00'
  AND i.shown_at_utc < TIMESTAMP '2025-09-30 20:00'
