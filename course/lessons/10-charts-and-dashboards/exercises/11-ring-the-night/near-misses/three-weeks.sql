WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  JOIN casts AS c ON c.cast_id = t.cast_id
  WHERE NOT g.is_test
    AND c.area_code = 'SHINJUKU'
  GROUP BY business_date
),
daily AS (
  SELECT k.business_date, k.dow_iso, k.is_closed, COALESCE(d.talks, 0) AS talks
  FROM calendar AS k
  LEFT JOIN counted AS d ON d.business_date = k.business_date
),
compared AS (
  SELECT business_date, is_closed, talks,
         AVG(CASE WHEN NOT is_closed THEN talks END) OVER (PARTITION BY dow_iso ORDER BY business_date
                          ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING) AS base
  FROM daily
)
SELECT business_date, talks,
       ROUND(base, 1) AS base,
       ROUND(talks / NULLIF(base, 0), 2) AS ratio,
       CASE WHEN NOT is_closed AND base >= 15 AND talks < base * 0.4 THEN 1 ELSE 0 END AS is_alert
FROM compared
ORDER BY business_date DESC
LIMIT 1
