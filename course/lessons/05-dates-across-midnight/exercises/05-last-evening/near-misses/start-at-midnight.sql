SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND paid_at_jst >= TIMESTAMP '2025-12-01 00:00'
  AND paid_at_jst < TIMESTAMP '2026-01-01 05:00'
