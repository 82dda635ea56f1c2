SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND paid_at_jst - INTERVAL 5 HOUR >= '2025-12-01'
  AND paid_at_jst - INTERVAL 5 HOUR < '2026-01-01'
