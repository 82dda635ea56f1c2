SELECT c.cast_id, c.display_name, COUNT(a.appointment_id) AS completed_count
FROM casts AS c
LEFT JOIN appointments AS a
       ON a.cast_id = c.cast_id
      AND a.status = 'completed'
      AND a.requested_at_utc >= TIMESTAMP '2025-12-01 00:00'
      AND a.requested_at_utc < TIMESTAMP '2026-01-01 00:00'
WHERE NOT c.is_test
  AND c.retired_at_utc IS NULL
  AND c.area_code = 'SHIBUYA'
GROUP BY c.cast_id, c.display_name
ORDER BY completed_count DESC, c.cast_id
