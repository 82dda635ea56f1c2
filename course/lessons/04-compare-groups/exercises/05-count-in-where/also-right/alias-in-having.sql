SELECT cast_id, COUNT(appointment_id) AS completed
FROM appointments
WHERE status = 'completed'
  AND event_type = 'party'
GROUP BY cast_id
HAVING completed >= 3
ORDER BY completed DESC, cast_id
