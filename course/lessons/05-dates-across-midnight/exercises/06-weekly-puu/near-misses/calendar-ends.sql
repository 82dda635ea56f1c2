SELECT CAST(date_trunc('week', paid_at_jst - INTERVAL 5 HOUR) AS DATE) AS week_start,
       COUNT(DISTINCT guest_id) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
  AND paid_at_jst >= TIMESTAMP '2025-10-06 00:00'
  AND paid_at_jst < TIMESTAMP '2025-12-29 00:00'
GROUP BY week_start
ORDER BY week_start
