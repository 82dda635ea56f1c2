WITH bought AS (
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
),
classed AS (
  SELECT guest_id,
         NTILE(3) OVER (ORDER BY sales_yen, guest_id) AS r_class,
         CASE WHEN purchases >= 4 THEN 3
              WHEN purchases >= 2 THEN 2
              ELSE 1 END AS f_class,
         CASE WHEN sales_yen >= 30000 THEN 3
              WHEN sales_yen >= 10000 THEN 2
              ELSE 1 END AS m_class
  FROM bought
)
SELECT r_class, f_class, m_class, COUNT(*) AS guests
FROM classed
GROUP BY r_class, f_class, m_class
ORDER BY r_class DESC, f_class DESC, m_class DESC
