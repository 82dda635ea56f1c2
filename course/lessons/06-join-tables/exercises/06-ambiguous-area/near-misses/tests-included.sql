SELECT a.appointment_id, c.display_name, a.area_code
FROM appointments AS a
JOIN casts AS c ON c.cast_id = a.cast_id
WHERE a.requested_at_utc >= TIMESTAMP '2025-12-30 20:00'
  AND a.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
ORDER BY a.appointment_id
