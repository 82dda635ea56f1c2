WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
  GROUP BY business_date
)
SELECT k.business_date, COALESCE(c.talks, 0) AS talks
FROM calendar AS k
LEFT JOIN counted AS c ON c.business_date = k.business_date
