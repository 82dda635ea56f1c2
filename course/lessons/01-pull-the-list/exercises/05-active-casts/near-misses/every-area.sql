SELECT cast_id, display_name
FROM casts
WHERE retired_at_utc IS NULL
ORDER BY cast_id
