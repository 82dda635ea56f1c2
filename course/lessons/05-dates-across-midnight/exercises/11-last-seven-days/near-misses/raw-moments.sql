WITH params AS (SELECT DATE '2025-12-31' AS base_date)
SELECT COUNT(*) AS talks,
       COUNT(DISTINCT guest_id) AS guests
FROM talks CROSS JOIN params
WHERE opened_at_utc BETWEEN base_date - 6 AND base_date
