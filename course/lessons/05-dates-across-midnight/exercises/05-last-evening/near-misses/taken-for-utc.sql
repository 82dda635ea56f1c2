SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND paid_at_jst >= TIMESTAMP '2025-11-30 20:00'
  AND paid_at_jst < TIMESTAMP '2025-12-31 20:00'
