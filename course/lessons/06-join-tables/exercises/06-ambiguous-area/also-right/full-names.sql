SELECT appointments.appointment_id, casts.display_name, appointments.area_code
FROM appointments
JOIN casts ON casts.cast_id = appointments.cast_id
WHERE NOT casts.is_test
  AND appointments.requested_at_utc >= TIMESTAMP '2025-12-30 20:00'
  AND appointments.requested_at_utc < TIMESTAMP '2025-12-31 20:00'
ORDER BY appointments.appointment_id
