WITH params AS (SELECT DATE '2025-12-31' AS base_date)
-- talks, guests
SELECT
FROM talks CROSS JOIN params
WHERE
