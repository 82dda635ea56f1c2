SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
  AND CAST(paid_at_jst - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
