WITH paid AS (
  SELECT CAST(date_trunc('week', p.paid_at_jst - INTERVAL 5 HOUR) AS DATE) AS week_start,
         COALESCE(g.acquisition_channel, 'untracked') AS channel,
         p.guest_id
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.kind = 'purchase'
    AND p.status = 'succeeded'
    AND p.paid_at_jst >= TIMESTAMP '2025-10-06 05:00'
    AND p.paid_at_jst < TIMESTAMP '2025-12-29 05:00'
),
long_form AS (
  SELECT week_start, channel, COUNT(DISTINCT guest_id) AS puu
  FROM paid
  GROUP BY week_start, channel
)
SELECT week_start,
       SUM(CASE WHEN channel = 'organic' THEN puu ELSE 0 END) AS organic,
       SUM(CASE WHEN channel = 'search_ad' THEN puu ELSE 0 END) AS search_ad,
       SUM(CASE WHEN channel = 'sns_ad' THEN puu ELSE 0 END) AS sns_ad,
       SUM(CASE WHEN channel = 'untracked' THEN puu ELSE 0 END) AS untracked
FROM long_form
GROUP BY week_start
ORDER BY week_start
