SELECT a.appointment_id, c.display_name, a.area_code
FROM appointments AS a
JOIN casts AS c ON c.cast_id = a.cast_id
WHERE NOT c.is_test
ORDER BY a.appointment_id
