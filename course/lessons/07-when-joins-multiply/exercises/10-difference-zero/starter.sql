WITH per_channel AS (
  SELECT g.acquisition_channel AS channel, SUM(p.amount_yen) AS sales
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
  GROUP BY g.acquisition_channel
)
-- channels_yen, total_yen, diff_yen
