-- business_date, talks, base, ratio, is_alert
WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  JOIN casts AS c ON c.cast_id = t.cast_id
  WHERE NOT g.is_test
    AND c.area_code = 'SHINJUKU'
  GROUP BY business_date
)
SELECT business_date, talks
FROM counted
ORDER BY business_date DESC
LIMIT 1
