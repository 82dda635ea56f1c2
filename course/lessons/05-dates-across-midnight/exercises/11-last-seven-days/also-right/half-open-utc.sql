WITH params AS (SELECT DATE '2025-12-31' AS base_date)
SELECT COUNT(*) AS talks,
       COUNT(DISTINCT guest_id) AS guests
FROM talks CROSS JOIN params
WHERE opened_at_utc >= base_date - INTERVAL 6 DAY - INTERVAL 4 HOUR
  AND opened_at_utc < base_date + INTERVAL 1 DAY - INTERVAL 4 HOUR
