SELECT SUM(amount_yen)        AS purchase_yen,
       COUNT(*)               AS purchases,
       ROUND(AVG(amount_yen)) AS avg_yen
FROM payments
WHERE kind = 'purchase'
  AND status = 'succeeded'
