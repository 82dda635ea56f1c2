WITH done AS (
  SELECT cast_id, COUNT(*) AS n
  FROM appointments
  WHERE status = 'completed'
    AND CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
  GROUP BY cast_id
)
SELECT c.cast_id, c.display_name, COALESCE(done.n, 0) AS completed_count
FROM casts AS c
LEFT JOIN done ON done.cast_id = c.cast_id
WHERE NOT c.is_test AND c.retired_at_utc IS NULL AND c.area_code = 'SHIBUYA'
ORDER BY completed_count DESC, c.cast_id
