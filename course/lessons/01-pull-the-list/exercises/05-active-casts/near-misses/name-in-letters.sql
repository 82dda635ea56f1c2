SELECT cast_id, display_name
FROM casts
WHERE area_code = 'Shibuya'
  AND retired_at_utc IS NULL
ORDER BY cast_id
