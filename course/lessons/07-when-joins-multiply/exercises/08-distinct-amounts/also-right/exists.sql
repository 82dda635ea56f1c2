SELECT g.prefecture, SUM(p.amount_yen) AS sales_yen
FROM guests AS g
JOIN payments AS p ON p.guest_id = g.guest_id
WHERE NOT g.is_test
  AND p.status = 'succeeded'
  AND EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = g.guest_id AND t.source = 'push')
GROUP BY g.prefecture
