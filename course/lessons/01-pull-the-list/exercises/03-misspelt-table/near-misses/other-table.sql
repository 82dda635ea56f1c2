SELECT cast_id, display_name
FROM casts
ORDER BY cast_id
LIMIT 5
