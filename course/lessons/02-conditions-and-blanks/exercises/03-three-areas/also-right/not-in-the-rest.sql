SELECT c.cast_id, c.area_code, c.grade
FROM casts AS c
WHERE c.area_code IN ('YOKOHAMA', 'SHINJUKU', 'SHIBUYA')
  AND c.grade NOT IN ('standard', 'vip')
  AND NOT (c.is_test OR c.retired_at_utc IS NOT NULL)
ORDER BY c.cast_id ASC
