SELECT r.business_date, SUM(r.requests) AS requests, MAX(s.sales_yen) AS sales_yen
FROM lesson.requests_by_day_area AS r
JOIN lesson.sales_by_day AS s ON s.business_date = r.business_date
GROUP BY r.business_date
ORDER BY r.business_date
