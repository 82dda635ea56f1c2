WITH params AS (SELECT 8000000 AS target_yen),
running AS (
  SELECT business_date, sales_yen,
         SUM(sales_yen) OVER (ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running_yen
  FROM lesson.sales_by_day
)
SELECT business_date, sales_yen, running_yen,
       ROUND(running_yen / (SELECT target_yen FROM params), 3) AS target_share
FROM running
ORDER BY business_date
