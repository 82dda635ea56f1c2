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
)
SELECT d.business_date, d.talks, w.talks AS talks_week_ago,
       CASE WHEN w.talks > 0 THEN ROUND(d.talks / w.talks, 3) END AS ratio
FROM daily AS d
LEFT JOIN daily AS w ON w.business_date = d.business_date - INTERVAL 7 DAY
WHERE d.business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
ORDER BY d.business_date
