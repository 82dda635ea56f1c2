SELECT CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
       COUNT(DISTINCT guest_id) AS nuu
FROM guests
WHERE NOT is_test
GROUP BY business_date
ORDER BY business_date
