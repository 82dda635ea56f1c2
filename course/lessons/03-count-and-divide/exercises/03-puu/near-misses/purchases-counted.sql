SELECT COUNT(*) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
