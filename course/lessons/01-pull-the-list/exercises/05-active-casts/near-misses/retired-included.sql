SELECT cast_id, display_name
FROM casts
WHERE area_code = 'SHIBUYA'
ORDER BY cast_id
