WITH params AS (SELECT 8000000 AS target_yen)
SELECT d.business_date, d.sales_yen, SUM(e.sales_yen) AS running_yen,
       ROUND(SUM(e.sales_yen) * 1.0 / 8000000, 3) AS target_share
FROM lesson.sales_by_day AS d
JOIN lesson.sales_by_day AS e ON e.business_date <= d.business_date
GROUP BY d.business_date, d.sales_yen
ORDER BY d.business_date
