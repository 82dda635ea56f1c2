WITH real_casts AS (SELECT cast_id, display_name, area_code FROM casts WHERE is_test = FALSE)
SELECT talk_id, guest_id, display_name, area_code
FROM real_casts
JOIN talks USING (cast_id)
ORDER BY opened_at_utc DESC, talk_id
LIMIT 20
