SELECT EXTRACT(hour FROM opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) AS business_hour,
       COUNT(*) AS talks
FROM talks
WHERE CAST(opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE)
      BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
GROUP BY business_hour
ORDER BY business_hour
