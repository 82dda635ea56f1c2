SELECT c.cast_id, c.display_name,
       (SELECT COUNT(*) FROM appointments AS a
        WHERE a.cast_id = c.cast_id AND a.status = 'completed' AND a.requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
      AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00') AS completed_count
FROM casts AS c
WHERE NOT c.is_test AND c.retired_at_utc IS NULL AND c.area_code = 'SHIBUYA'
ORDER BY 3 DESC, 1
