SELECT date_part('hour', opened_at_utc + INTERVAL 4 HOUR) + 5 AS business_hour,
       COUNT(*) AS talks
FROM talks
WHERE opened_at_utc >= '2025-11-30 20:00' AND opened_at_utc < '2025-12-31 20:00'
GROUP BY business_hour
ORDER BY business_hour
