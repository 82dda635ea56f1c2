WITH first_paid AS (
  SELECT guest_id, MIN(paid_at_jst) AS first_paid_at
  FROM payments
  WHERE kind = 'purchase' AND status = 'succeeded'
  GROUP BY guest_id
),
people AS (
  SELECT g.guest_id, g.acquisition_channel,
         CAST(g.registered_at_utc + INTERVAL 4 HOUR AS DATE) AS registered_on,
         f.first_paid_at < g.registered_at_utc + INTERVAL 9 HOUR + INTERVAL 30 DAY AS paid
  FROM guests AS g
  LEFT JOIN first_paid AS f ON f.guest_id = g.guest_id
  WHERE NOT g.is_test
),
counted AS (
  SELECT c.campaign_id, COUNT(*) AS nuu, COUNT(CASE WHEN p.paid THEN 1 END) AS puu
  FROM campaigns AS c
  JOIN people AS p ON p.acquisition_channel = c.channel AND p.registered_on >= c.starts_on AND p.registered_on <= c.ends_on
  GROUP BY c.campaign_id
)
SELECT c.campaign_id, c.cost_yen, COALESCE(k.nuu, 0), COALESCE(k.puu, 0), ROUND(c.cost_yen / NULLIF(k.puu, 0))
FROM campaigns AS c
LEFT JOIN counted AS k ON k.campaign_id = c.campaign_id
WHERE c.aim = 'registration'
ORDER BY c.campaign_id
