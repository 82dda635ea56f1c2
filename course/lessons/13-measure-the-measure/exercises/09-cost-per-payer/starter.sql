WITH came AS (
  SELECT c.campaign_id, c.cost_yen, g.guest_id, g.registered_at_utc
  FROM campaigns AS c
  LEFT JOIN guests AS g
    ON g.acquisition_channel = c.channel
   AND NOT g.is_test
   AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN c.starts_on AND c.ends_on
  WHERE c.aim = 'registration'
)
-- campaign_id, cost_yen, nuu, puu_30d, yen_per_puu
