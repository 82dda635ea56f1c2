SELECT g.acquisition_channel AS channel,
       COUNT(DISTINCT g.guest_id) AS guests,
       COUNT(DISTINCT t.talk_id) AS talks,
       COALESCE(SUM(DISTINCT p.amount_yen), 0) AS sales_yen
FROM guests AS g
LEFT JOIN talks AS t ON t.guest_id = g.guest_id
LEFT JOIN payments AS p ON p.guest_id = g.guest_id AND p.status = 'succeeded'
WHERE NOT g.is_test
GROUP BY g.acquisition_channel
