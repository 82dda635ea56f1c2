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
),
smoothed AS (
  SELECT business_date, nuu,
         ROUND(AVG(nuu) OVER (ORDER BY business_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS nuu_7d
  FROM daily
)
SELECT business_date, nuu, nuu_7d
FROM smoothed
WHERE business_date BETWEEN DATE '2025-11-03' AND DATE '2025-12-28'
ORDER BY business_date
%chart line x=business_date y=nuu_7d
