WITH params AS (SELECT DATE '2025-12-31' AS base_date)
SELECT COUNT(*) AS talks,
       COUNT(DISTINCT guest_id) AS guests
FROM talks CROSS JOIN params
WHERE CAST(opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) > base_date - INTERVAL 7 DAY
  AND CAST(opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) <= base_date
