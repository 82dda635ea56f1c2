WITH p AS (SELECT guest_id, SUM(amount_yen) AS sales FROM payments WHERE status = 'succeeded' GROUP BY guest_id),
     one AS (
       SELECT g.guest_id, g.acquisition_channel, COUNT(t.talk_id) AS talk_count
       FROM guests AS g LEFT JOIN talks AS t ON t.guest_id = g.guest_id
       WHERE NOT g.is_test
       GROUP BY g.guest_id, g.acquisition_channel
     )
SELECT one.acquisition_channel AS channel, COUNT(*) AS guests, SUM(one.talk_count) AS talks, SUM(COALESCE(p.sales, 0)) AS sales_yen
FROM one LEFT JOIN p ON p.guest_id = one.guest_id
GROUP BY one.acquisition_channel
