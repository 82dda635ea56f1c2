WITH a AS (SELECT guest_id, COUNT(*) AS n FROM appointments WHERE status = 'completed' GROUP BY guest_id)
SELECT g.guest_id, COALESCE(a.n, 0) AS completed_count
FROM guests AS g
LEFT JOIN a USING (guest_id)
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
ORDER BY 1
