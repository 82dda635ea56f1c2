SELECT cast_id, display_name
FROM casts
WHERE area_code = '渋谷'
  AND retired_at_utc IS NULL
ORDER BY cast_id
