SELECT SUM(amount_yen), COUNT(amount_yen), AVG(amount_yen)
FROM payments
WHERE status IN ('succeeded') AND kind = 'purchase'
