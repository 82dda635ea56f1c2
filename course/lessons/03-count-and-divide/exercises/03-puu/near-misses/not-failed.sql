SELECT COUNT(DISTINCT guest_id) AS puu
FROM payments
WHERE kind = 'purchase'
  AND status <> 'failed'
