WITH params AS (
  SELECT DATE '2025-12-08' AS starts_on, 'SHINJUKU' AS area_code
)
-- business_date, talks, guests
