SELECT COUNT(*) FILTER (WHERE status = 'completed') AS completed,
       COUNT(*) FILTER (WHERE status IN ('completed', 'cancelled')) AS finished,
       ROUND(COUNT(*) FILTER (WHERE status = 'completed') * 1.0
             / COUNT(*) FILTER (WHERE status IN ('completed', 'cancelled')), 4) AS completion_rate
FROM appointments
