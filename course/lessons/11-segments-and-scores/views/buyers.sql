SELECT p.guest_id,
       MAX(CASE WHEN p.kind = 'purchase' THEN p.paid_at_jst END) AS last_paid_at_jst,
       SUM(CASE WHEN p.kind = 'purchase' THEN 1 ELSE 0 END) AS purchases,
       SUM(p.amount_yen) AS sales_yen
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
  AND p.status = 'succeeded'
GROUP BY p.guest_id
HAVING SUM(CASE WHEN p.kind = 'purchase' THEN 1 ELSE 0 END) > 0
