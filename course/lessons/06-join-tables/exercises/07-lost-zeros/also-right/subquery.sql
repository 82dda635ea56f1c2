SELECT g.guest_id,
       (SELECT COUNT(*) FROM appointments AS a WHERE a.guest_id = g.guest_id AND a.status = 'completed') AS completed_count
FROM guests AS g
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
ORDER BY 1
