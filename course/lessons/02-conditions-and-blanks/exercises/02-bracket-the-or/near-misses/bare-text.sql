SELECT cast_id, area_code, grade
FROM casts
WHERE (area_code = 'SHIBUYA' OR 'SHINJUKU')
  AND grade = 'gold' AND retired_at_utc IS NULL
