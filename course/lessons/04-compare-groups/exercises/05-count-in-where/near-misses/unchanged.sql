SELECT cast_id, COUNT(*) AS completed
FROM appointments
WHERE status = 'completed'
  AND event_type = 'party'
  AND COUNT(*) >= 3
GROUP BY cast_id
ORDER BY completed DESC, cast_id
