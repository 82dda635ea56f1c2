WITH per_channel AS (
  SELECT g.acquisition_channel AS channel, SUM(p.amount_yen) AS sales
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
  GROUP BY g.acquisition_channel
),
total AS (
  SELECT SUM(p.amount_yen) AS sales
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test AND p.status = 'succeeded'
)
SELECT SUM(c.sales) AS channels_yen,
       MAX(t.sales) AS total_yen,
       SUM(c.sales) - MAX(t.sales) AS diff_yen
FROM per_channel AS c
CROSS JOIN total AS t
