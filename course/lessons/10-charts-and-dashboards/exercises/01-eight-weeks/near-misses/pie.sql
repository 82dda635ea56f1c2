WITH smoothed AS (
  SELECT business_date, nuu,
         ROUND(AVG(nuu) OVER (ORDER BY business_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS nuu_7d
  FROM lesson.nuu_by_day
)
SELECT business_date, nuu, nuu_7d
FROM smoothed
WHERE business_date BETWEEN DATE '2025-11-03' AND DATE '2025-12-28'
ORDER BY business_date
%chart pie x=business_date y=nuu,nuu_7d
