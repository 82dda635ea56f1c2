WITH requests_by_day AS (
  SELECT business_date, SUM(requests) AS requests
  FROM lesson.requests_by_day_area
  GROUP BY business_date
)
SELECT s.business_date, r.requests, s.sales_yen
FROM lesson.sales_by_day AS s
JOIN requests_by_day AS r ON r.business_date = s.business_date
ORDER BY s.business_date
