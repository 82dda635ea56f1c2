SELECT cast_id, display_name FROM casts
WHERE NOT (retired_at_utc IS NOT NULL) AND 'SHIBUYA' = area_code
ORDER BY cast_id ASC
