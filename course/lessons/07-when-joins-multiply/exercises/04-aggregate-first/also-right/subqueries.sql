SELECT c.cast_id,
       (SELECT COUNT(*) FROM talks AS t WHERE t.cast_id = c.cast_id) AS talks,
       (SELECT COUNT(*) FROM appointments AS a WHERE a.cast_id = c.cast_id AND a.status = 'completed') AS completed
FROM casts AS c
WHERE c.area_code = 'GINZA' AND c.retired_at_utc IS NULL AND NOT c.is_test
ORDER BY c.cast_id
