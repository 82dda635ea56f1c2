SELECT cast_id, area_code, grade
FROM casts
WHERE area_code IN ('SHIBUYA', 'SHINJUKU')
  AND grade = 'gold'
  AND retired_at_utc IS NULL
