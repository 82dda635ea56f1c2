SELECT c.cast_id, c.display_name, COUNT(a.appointment_id) AS completed_count
FROM casts AS c
LEFT JOIN appointments AS a
       ON a.cast_id = c.cast_id
      AND a.status = 'completed'
      AND a.requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
      AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
WHERE NOT c.is_test
  AND c.area_code = 'SHIBUYA'
GROUP BY c.cast_id, c.display_name
ORDER BY completed_count DESC, c.cast_id
