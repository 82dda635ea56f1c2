WITH t AS (
  SELECT guest_id, COUNT(*) AS talk_count
  FROM talks
  GROUP BY guest_id
),
p AS (
  SELECT guest_id, SUM(amount_yen) AS sales
  FROM payments
  WHERE status = 'succeeded'
  GROUP BY guest_id
)
SELECT g.acquisition_channel AS channel,
       COUNT(*) AS guests,
       COALESCE(SUM(t.talk_count), 0) AS talks,
       COALESCE(SUM(p.sales), 0) AS sales_yen
FROM guests AS g
LEFT JOIN t ON t.guest_id = g.guest_id
LEFT JOIN p ON p.guest_id = g.guest_id
WHERE NOT g.is_test
GROUP BY g.acquisition_channel
