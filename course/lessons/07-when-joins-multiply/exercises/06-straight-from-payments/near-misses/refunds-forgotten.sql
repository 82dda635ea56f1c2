SELECT SUM(p.amount_yen) AS sales_yen
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id
WHERE p.status = 'succeeded'
  AND p.kind = 'purchase'
  AND NOT g.is_test
