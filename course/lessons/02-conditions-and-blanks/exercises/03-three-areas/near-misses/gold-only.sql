SELECT cast_id, area_code, grade
FROM casts
WHERE area_code IN ('SHIBUYA', 'SHINJUKU', 'YOKOHAMA')
  AND grade = 'gold'
  AND retired_at_utc IS NULL
  AND NOT is_test
ORDER BY cast_id
