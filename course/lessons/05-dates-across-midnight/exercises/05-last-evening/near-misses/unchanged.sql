SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND paid_at_jst BETWEEN '2025-12-01' AND '2025-12-31'
