WITH counted AS (
  SELECT CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS nuu
  FROM guests
  WHERE NOT is_test
  GROUP BY business_date
)
SELECT k.business_date, COALESCE(c.nuu, 0) AS nuu
FROM calendar AS k
LEFT JOIN counted AS c ON c.business_date = k.business_date
