WITH cohort AS (
  SELECT COALESCE(g.acquisition_channel, 'unknown') AS channel,
         CASE WHEN g.registered_at_utc < TIMESTAMP '2025-10-31 20:00' THEN 'oct' ELSE 'nov' END AS month,
         CASE WHEN EXISTS (SELECT 1 FROM talks AS t
                           WHERE t.guest_id = g.guest_id
                             AND t.opened_at_utc >= g.registered_at_utc
                             AND t.opened_at_utc < g.registered_at_utc + INTERVAL 14 DAY) THEN 1 ELSE 0 END AS talked
  FROM guests AS g
  WHERE NOT g.is_test
    AND g.registered_at_utc >= TIMESTAMP '2025-09-30 20:00'
    AND g.registered_at_utc < TIMESTAMP '2025-11-30 20:00'
),
per_channel AS (
  SELECT channel,
         SUM(CASE WHEN month = 'oct' THEN 1 ELSE 0 END) * 1.0 AS oct_guests,
         SUM(CASE WHEN month = 'nov' THEN 1 ELSE 0 END) * 1.0 AS nov_guests,
         SUM(CASE WHEN month = 'oct' THEN talked ELSE 0 END) AS oct_talked,
         SUM(CASE WHEN month = 'nov' THEN talked ELSE 0 END) AS nov_talked
  FROM cohort
  GROUP BY channel
),
whole AS (
  SELECT SUM(oct_guests) AS oct_guests, SUM(nov_guests) AS nov_guests, SUM(oct_talked) AS oct_talked
  FROM per_channel
)
SELECT c.channel,
       (c.nov_guests / w.nov_guests - c.oct_guests / w.oct_guests) * (c.oct_talked / c.oct_guests - w.oct_talked / w.oct_guests) AS mix_effect,
       c.nov_guests / w.nov_guests * (c.nov_talked / c.nov_guests - c.oct_talked / c.oct_guests) AS rate_effect
FROM per_channel AS c
CROSS JOIN whole AS w
ORDER BY c.channel
