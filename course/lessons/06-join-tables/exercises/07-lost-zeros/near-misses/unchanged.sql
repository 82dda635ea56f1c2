SELECT g.guest_id, COUNT(*) AS completed_count
FROM guests AS g
LEFT JOIN appointments AS a
       ON a.guest_id = g.guest_id
WHERE NOT g.is_test
  AND a.status = 'completed'
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
GROUP BY g.guest_id
ORDER BY g.guest_id
