WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE c.area_code = 'NAGOYA'
    AND NOT g.is_test
  GROUP BY business_date
),
stacked AS (
  SELECT business_date, talks FROM counted
  UNION ALL
  SELECT business_date, 0 AS talks FROM calendar
)
SELECT business_date, SUM(talks) AS talks
FROM stacked
WHERE business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
GROUP BY business_date
ORDER BY business_date
