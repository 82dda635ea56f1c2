SELECT cast_id, display_name
FROM casts
WHERE area_code = 'SHIBUYA'
  AND (retired_at_utc IS NULL OR retired_at_utc > TIMESTAMP '2025-12-31 20:00')
ORDER BY cast_id
