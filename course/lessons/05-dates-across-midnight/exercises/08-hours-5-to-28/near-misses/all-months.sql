SELECT EXTRACT(hour FROM opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) + 5 AS business_hour,
       COUNT(*) AS talks
FROM talks
GROUP BY business_hour
ORDER BY business_hour
