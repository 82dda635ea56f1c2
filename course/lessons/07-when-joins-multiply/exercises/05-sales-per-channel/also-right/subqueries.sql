SELECT acquisition_channel AS channel,
       COUNT(*) AS guests,
       SUM((SELECT COUNT(*) FROM talks AS t WHERE t.guest_id = g.guest_id)) AS talks,
       SUM((SELECT COALESCE(SUM(amount_yen), 0) FROM payments AS p WHERE p.guest_id = g.guest_id AND p.status = 'succeeded')) AS sales_yen
FROM guests AS g
WHERE NOT is_test
GROUP BY acquisition_channel
