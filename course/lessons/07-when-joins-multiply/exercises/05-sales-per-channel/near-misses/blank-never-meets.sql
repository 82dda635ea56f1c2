WITH a AS (SELECT acquisition_channel AS channel, COUNT(*) AS n FROM guests WHERE NOT is_test GROUP BY acquisition_channel),
b AS (
  SELECT g.acquisition_channel AS channel, COUNT(*) AS n
  FROM guests AS g
  JOIN talks AS t ON t.guest_id = g.guest_id
  WHERE NOT g.is_test
  GROUP BY g.acquisition_channel
),
c AS (
  SELECT g.acquisition_channel AS channel, SUM(p.amount_yen) AS s
  FROM guests AS g
  JOIN payments AS p ON p.guest_id = g.guest_id
  WHERE NOT g.is_test AND p.status = 'succeeded'
  GROUP BY g.acquisition_channel
)
SELECT a.channel, a.n AS guests, COALESCE(b.n, 0) AS talks, COALESCE(c.s, 0) AS sales_yen
FROM a
LEFT JOIN b ON b.channel = a.channel
LEFT JOIN c ON c.channel = a.channel
