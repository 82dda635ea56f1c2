SELECT SUM(p.amount_yen) AS sales_yen
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
