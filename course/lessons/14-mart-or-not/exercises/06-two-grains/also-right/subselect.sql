SELECT business_date,
       (SELECT SUM(requests) FROM lesson.requests_by_day_area AS r WHERE r.business_date = s.business_date) AS requests,
       sales_yen
FROM lesson.sales_by_day AS s
ORDER BY business_date
