SELECT COUNT(DISTINCT CASE WHEN status = 'completed' THEN guest_id END) AS completed,
       COUNT(DISTINCT guest_id) AS finished,
       ROUND(COUNT(DISTINCT CASE WHEN status = 'completed' THEN guest_id END) * 1.0 / COUNT(DISTINCT guest_id), 4) AS completion_rate
FROM appointments
WHERE status IN ('completed', 'cancelled')
