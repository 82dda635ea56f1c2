SELECT COUNT(DISTINCT payment_id) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
