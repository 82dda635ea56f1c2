SELECT c.campaign_id, c.cost_yen,
       COUNT(DISTINCT g.guest_id) AS nuu,
       COUNT(p.payment_id) AS puu_30d,
       ROUND(c.cost_yen / NULLIF(COUNT(p.payment_id), 0)) AS yen_per_puu
FROM campaigns AS c
LEFT JOIN guests AS g
  ON g.acquisition_channel = c.channel AND NOT g.is_test
 AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN c.starts_on AND c.ends_on
LEFT JOIN payments AS p
  ON p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
 AND p.paid_at_jst < g.registered_at_utc + INTERVAL 9 HOUR + INTERVAL 30 DAY
WHERE c.aim = 'registration'
GROUP BY c.campaign_id, c.cost_yen
ORDER BY c.campaign_id
