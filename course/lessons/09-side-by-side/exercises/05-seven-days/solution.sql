WITH smoothed AS (
  SELECT business_date, talks,
         ROUND(AVG(talks) OVER (ORDER BY business_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS talks_7d
  FROM lesson.talks_by_day
)
SELECT business_date, talks, talks_7d
FROM smoothed
WHERE business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
ORDER BY business_date
