SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date, area_code, COUNT(*) AS requests
FROM appointments
WHERE event_type = 'dinner'
  AND requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND requested_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY business_date, area_code
UNION ALL
SELECT CAST(requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE), area_code, COUNT(*)
FROM appointments
WHERE event_type <> 'dinner'
  AND requested_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND requested_at_utc < TIMESTAMP '2025-12-31 20:00'
GROUP BY 1, 2
