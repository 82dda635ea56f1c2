WITH beside AS (
  SELECT business_date, talks,
         LEAD(talks, 7) OVER (ORDER BY business_date) AS talks_week_ago
  FROM lesson.talks_by_day
)
SELECT business_date, talks, talks_week_ago,
       ROUND(talks * 1.0 / NULLIF(talks_week_ago, 0), 3) AS ratio
FROM beside
WHERE business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
ORDER BY business_date
