SELECT CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
       COUNT(DISTINCT guest_id) AS nuu
FROM guests
WHERE NOT is_test
  AND deleted_at_utc IS NULL
  AND CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE)
      BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
GROUP BY business_date
ORDER BY business_date
