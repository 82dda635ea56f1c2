SELECT COUNT(DISTINCT card_fp) AS card_puu
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
  AND method = 'card'
