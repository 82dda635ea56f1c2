SELECT cast_id, COUNT(*) AS completed
FROM appointments
WHERE status = 'completed'
  AND event_type = 'party'
GROUP BY cast_id, guest_id
HAVING COUNT(*) >= 3
ORDER BY completed DESC, cast_id
