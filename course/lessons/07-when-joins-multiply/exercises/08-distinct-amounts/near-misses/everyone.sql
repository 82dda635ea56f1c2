SELECT g.prefecture, SUM(p.amount_yen) AS sales_yen
FROM guests AS g
JOIN payments AS p ON p.guest_id = g.guest_id AND p.status = 'succeeded'
WHERE NOT g.is_test
GROUP BY g.prefecture
