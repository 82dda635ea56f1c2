WITH t AS (
  SELECT cast_id, COUNT(*) AS talk_count
  FROM talks
  GROUP BY ___
),
a AS (
  SELECT cast_id, COUNT(*) AS completed_count
  FROM appointments
  WHERE status = 'completed'
  GROUP BY ___
)
SELECT c.cast_id,
       COALESCE(t.talk_count, 0) AS talks,
       COALESCE(a.completed_count, ___) AS completed
FROM casts AS c
___ JOIN t ON t.cast_id = c.cast_id
LEFT JOIN a ON a.cast_id = ___
WHERE c.area_code = 'GINZA'
  AND c.retired_at_utc IS NULL
  AND NOT c.is_test
ORDER BY c.cast_id
