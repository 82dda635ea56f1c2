SELECT g.guest_id, COUNT(*) FILTER (WHERE a.status = 'completed') AS completed_count
FROM appointments AS a
LEFT JOIN guests AS g
       ON a.guest_id = g.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
GROUP BY g.guest_id
ORDER BY g.guest_id
