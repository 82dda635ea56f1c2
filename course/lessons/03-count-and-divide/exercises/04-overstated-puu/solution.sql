SELECT COUNT(DISTINCT guest_id) AS card_puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
  AND method = 'card'
