SELECT SUM(amount_yen) AS purchase_yen,
       COUNT(payment_id) AS purchases,
       ROUND(SUM(amount_yen) / COUNT(*)) AS avg_yen
FROM payments
WHERE kind = 'purchase' AND status = 'succeeded'
