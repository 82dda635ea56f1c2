SELECT c.cast_id, c.display_name
FROM casts AS c
WHERE c.retired_at_utc IS NULL AND c.area_code IN ('SHIBUYA')
ORDER BY 1
