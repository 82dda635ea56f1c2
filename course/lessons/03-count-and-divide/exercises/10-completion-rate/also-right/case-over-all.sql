SELECT SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS completed,
       SUM(CASE WHEN status = 'completed' OR status = 'cancelled' THEN 1 ELSE 0 END) AS finished,
       ROUND(AVG(CASE status WHEN 'completed' THEN 1.0 WHEN 'cancelled' THEN 0.0 END), 4) AS completion_rate
FROM appointments
