SELECT cast_id, area_code, grade
FROM casts
WHERE (area_code = 'SHIBUYA' OR area_code = 'SHINJUKU' OR area_code = 'YOKOHAMA')
  AND (grade = 'gold' OR grade = 'silver')
  AND retired_at_utc IS NULL
  AND is_test = FALSE
ORDER BY cast_id
