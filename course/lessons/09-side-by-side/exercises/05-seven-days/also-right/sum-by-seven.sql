WITH w AS (
  SELECT business_date, talks, SUM(talks) OVER (ORDER BY business_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s FROM lesson.talks_by_day
)
SELECT business_date, talks, ROUND(s / 7.0, 1) AS talks_7d FROM w WHERE business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30' ORDER BY business_date
