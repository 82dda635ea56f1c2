SELECT CAST(registered_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date, COUNT(*) AS nuu
FROM guests
WHERE NOT is_test
  AND registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND registered_at_utc <  TIMESTAMP '2025-12-31 20:00'
GROUP BY business_date
ORDER BY business_date
