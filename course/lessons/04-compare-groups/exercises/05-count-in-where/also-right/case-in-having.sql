SELECT cast_id, SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS completed
FROM appointments
WHERE event_type = 'party'
GROUP BY cast_id
HAVING SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) > 2
ORDER BY 2 DESC, 1
