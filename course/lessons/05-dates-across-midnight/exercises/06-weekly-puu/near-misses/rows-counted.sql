SELECT CAST(date_trunc('week', paid_at_jst - INTERVAL 5 HOUR) AS DATE) AS week_start,
       COUNT(*) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
  AND paid_at_jst >= TIMESTAMP '2025-10-06 05:00'
  AND paid_at_jst < TIMESTAMP '2025-12-29 05:00'
GROUP BY week_start
ORDER BY week_start
