SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
  AND g.guest_id NOT IN (SELECT guest_id FROM talks)
ORDER BY g.guest_id
