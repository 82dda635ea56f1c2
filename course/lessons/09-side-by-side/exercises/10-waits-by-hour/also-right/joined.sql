WITH hours AS (SELECT EXTRACT(hour FROM opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) + 5 AS h, wait_min FROM lesson.waits)
SELECT h, COUNT(*), COUNT(wait_min), ROUND(MEDIAN(wait_min), 1), ROUND(quantile_cont(wait_min, 0.9), 1),
       ROUND(COUNT(CASE WHEN wait_min <= 60 THEN 1 END) * 1.0 / COUNT(*), 3)
FROM hours GROUP BY h ORDER BY h
