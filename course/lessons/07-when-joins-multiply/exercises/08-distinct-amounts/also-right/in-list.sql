SELECT g.prefecture, SUM(p.amount_yen) AS sales_yen
FROM payments AS p
JOIN guests AS g USING (guest_id)
WHERE NOT g.is_test
  AND p.status = 'succeeded'
  AND p.guest_id IN (SELECT guest_id FROM talks WHERE source = 'push')
GROUP BY g.prefecture
