SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-12-01 00:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-08 00:00'
  AND NOT EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = g.guest_id)
ORDER BY g.guest_id
