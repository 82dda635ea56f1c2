SELECT EXTRACT(hour FROM opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) + 5 AS business_hour,
       COUNT(*) AS talks,
       COUNT(wait_min) AS replied,
       ROUND(MEDIAN(wait_min), 1) AS median_min,
       ROUND(quantile_cont(wait_min, 0.9), 1) AS p90_min,
       ROUND(AVG(CASE WHEN wait_min <= 60 THEN 1.0 ELSE 0 END), 3) AS rate_60
FROM lesson.waits
GROUP BY business_hour
ORDER BY business_hour
