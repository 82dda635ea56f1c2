WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
  GROUP BY business_date
),
daily AS (
  SELECT k.business_date, COALESCE(c.talks, 0) AS talks
  FROM calendar AS k
  LEFT JOIN counted AS c ON c.business_date = k.business_date
),
smoothed AS (
  SELECT business_date, talks,
         ROUND(SUM(talks) OVER (ORDER BY business_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS talks_7d
  FROM daily
)
SELECT business_date, talks, talks_7d
FROM smoothed
WHERE business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
ORDER BY business_date
