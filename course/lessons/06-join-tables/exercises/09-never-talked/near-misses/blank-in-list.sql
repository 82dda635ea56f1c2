SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
  AND g.guest_id NOT IN (SELECT t.guest_id FROM guests AS all_guests LEFT JOIN talks AS t ON t.guest_id = all_guests.guest_id)
ORDER BY g.guest_id
