SELECT g.prefecture,
       SUM(DISTINCT p.amount_yen) AS sales_yen
FROM guests AS g
JOIN talks AS t ON t.guest_id = g.guest_id AND t.source = 'push'
JOIN payments AS p ON p.guest_id = g.guest_id AND p.status = 'succeeded'
WHERE NOT g.is_test
GROUP BY g.prefecture
