SELECT SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS completed,
       COUNT(*)                                              AS finished,
       ROUND(100 * AVG(CASE WHEN status = 'completed' THEN 1.0 ELSE 0 END), 4) AS completion_rate
FROM appointments
WHERE status IN ('completed', 'cancelled')
