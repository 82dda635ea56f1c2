WITH t AS (
  SELECT cast_id, COUNT(*) AS talk_count
  FROM talks
  GROUP BY cast_id
),
a AS (
  SELECT cast_id, COUNT(*) AS completed_count
  FROM appointments
  WHERE status = 'completed'
  GROUP BY cast_id
)
SELECT c.cast_id,
       COALESCE(t.talk_count, 0) AS talks,
       COALESCE(a.completed_count, NULL) AS completed
FROM casts AS c
LEFT JOIN t ON t.cast_id = c.cast_id
LEFT JOIN a ON a.cast_id = c.cast_id
WHERE c.area_code = 'GINZA'
  AND c.retired_at_utc IS NULL
  AND NOT c.is_test
ORDER BY c.cast_id
