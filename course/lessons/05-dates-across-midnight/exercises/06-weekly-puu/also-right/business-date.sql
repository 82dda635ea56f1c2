SELECT CAST(date_trunc('week', paid_at_jst - INTERVAL 5 HOUR) AS DATE) AS week_start,
       COUNT(DISTINCT guest_id) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
  AND CAST(paid_at_jst - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-10-06' AND DATE '2025-12-28'
GROUP BY week_start
ORDER BY week_start
