WITH talks_a_day AS (
  SELECT CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date, COUNT(*) AS talks
  FROM talks
  JOIN guests USING (guest_id)
  JOIN casts USING (cast_id)
  WHERE NOT guests.is_test AND area_code = 'SHINJUKU'
  GROUP BY 1
),
open_days AS (
  SELECT business_date, dow_iso, COALESCE(talks, 0) AS talks
  FROM calendar
  LEFT JOIN talks_a_day USING (business_date)
  WHERE NOT is_closed
),
usual AS (
  SELECT *, (LAG(talks, 1) OVER w + LAG(talks, 2) OVER w + LAG(talks, 3) OVER w + LAG(talks, 4) OVER w) / 4.0 AS base
  FROM open_days
  WINDOW w AS (PARTITION BY dow_iso ORDER BY business_date)
)
SELECT k.business_date, COALESCE(u.talks, 0) AS talks, ROUND(u.base, 1) AS base, ROUND(u.talks / NULLIF(u.base, 0), 2) AS ratio,
       COALESCE(u.base >= 15 AND u.talks * 10 < u.base * 4, FALSE) AS is_alert
FROM calendar AS k
LEFT JOIN usual AS u ON u.business_date = k.business_date
ORDER BY k.business_date DESC
LIMIT 1
