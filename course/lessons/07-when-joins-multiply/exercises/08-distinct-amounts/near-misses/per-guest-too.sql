WITH pushed AS (
  SELECT DISTINCT guest_id
  FROM talks
  WHERE source = 'push'
)
SELECT g.prefecture,
       SUM(p.amount_yen) AS sales_yen
FROM guests AS g
JOIN pushed ON pushed.guest_id = g.guest_id
JOIN payments AS p ON p.guest_id = g.guest_id AND p.status = 'succeeded'
WHERE NOT g.is_test
GROUP BY g.prefecture, g.guest_id
