SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
LEFT JOIN talks AS t ON t.guest_id = g.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
GROUP BY g.guest_id, g.registered_at_utc
HAVING COUNT(*) = 0
ORDER BY g.guest_id
