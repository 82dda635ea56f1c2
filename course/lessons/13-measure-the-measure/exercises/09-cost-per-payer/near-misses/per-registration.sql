WITH came AS (
  SELECT c.campaign_id, c.cost_yen, g.guest_id, g.registered_at_utc
  FROM campaigns AS c
  LEFT JOIN guests AS g
    ON g.acquisition_channel = c.channel
   AND NOT g.is_test
   AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN c.starts_on AND c.ends_on
  WHERE c.aim = 'registration'
),
judged AS (
  SELECT c.campaign_id, c.cost_yen, c.guest_id,
         CASE WHEN EXISTS (
           SELECT 1 FROM payments AS p
           WHERE p.guest_id = c.guest_id
             AND p.kind = 'purchase'
             AND p.status = 'succeeded'
             AND p.paid_at_jst < c.registered_at_utc + INTERVAL 9 HOUR + INTERVAL 30 DAY
         ) THEN 1 ELSE 0 END AS paid
  FROM came AS c
)
SELECT campaign_id,
       cost_yen,
       COUNT(guest_id) AS nuu,
       SUM(paid) AS puu_30d,
       ROUND(cost_yen / NULLIF(COUNT(guest_id), 0)) AS yen_per_puu
FROM judged
GROUP BY campaign_id, cost_yen
ORDER BY campaign_id
