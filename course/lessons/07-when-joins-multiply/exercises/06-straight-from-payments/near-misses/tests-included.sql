SELECT SUM(amount_yen) AS sales_yen
FROM payments
WHERE status = 'succeeded'
