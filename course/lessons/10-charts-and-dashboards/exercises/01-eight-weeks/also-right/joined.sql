WITH counted AS (
  SELECT CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS nuu
  FROM guests
  WHERE NOT is_test
  GROUP BY business_date
),
daily AS (
  SELECT k.business_date, COALESCE(c.nuu, 0) AS nuu
  FROM calendar AS k
  LEFT JOIN counted AS c ON c.business_date = k.business_date
)
SELECT d.business_date, d.nuu, ROUND(AVG(b.nuu), 1) AS nuu_7d
FROM daily AS d
JOIN daily AS b ON b.business_date BETWEEN d.business_date - INTERVAL 6 DAY AND d.business_date
WHERE d.business_date BETWEEN DATE '2025-11-03' AND DATE '2025-12-28'
GROUP BY d.business_date, d.nuu
ORDER BY d.business_date
%chart line x=business_date y=nuu_7d,nuu
