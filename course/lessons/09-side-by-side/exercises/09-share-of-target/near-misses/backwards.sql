WITH params AS (SELECT 8000000 AS target_yen)
SELECT business_date, sales_yen,
       SUM(sales_yen) OVER (ORDER BY business_date DESC) AS running_yen,
       ROUND(SUM(sales_yen) OVER (ORDER BY business_date DESC) * 1.0 / target_yen, 3) AS target_share
FROM lesson.sales_by_day
CROSS JOIN params
ORDER BY business_date
