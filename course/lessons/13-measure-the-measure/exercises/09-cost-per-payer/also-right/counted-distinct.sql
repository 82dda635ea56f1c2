SELECT c.campaign_id, c.cost_yen,
       COUNT(DISTINCT g.guest_id) AS nuu,
       COUNT(DISTINCT p.guest_id) AS puu_30d,
       ROUND(c.cost_yen / NULLIF(COUNT(DISTINCT p.guest_id), 0), 0) AS yen_per_puu
FROM campaigns AS c
LEFT JOIN guests AS g
  ON g.acquisition_channel = c.channel AND NOT g.is_test
 AND g.registered_at_utc >= c.starts_on - INTERVAL 4 HOUR
 AND g.registered_at_utc < c.ends_on + INTERVAL 1 DAY - INTERVAL 4 HOUR
LEFT JOIN payments AS p
  ON p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
 AND p.paid_at_jst - INTERVAL 9 HOUR < g.registered_at_utc + INTERVAL 30 DAY
WHERE c.aim = 'registration'
GROUP BY c.campaign_id, c.cost_yen
ORDER BY c.campaign_id
