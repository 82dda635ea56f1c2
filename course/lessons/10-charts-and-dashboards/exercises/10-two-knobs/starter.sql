WITH params AS (
  SELECT DATE '{{ starts_on }}' AS starts_on, '{{ area }}' AS area_code
)
-- business_date, talks, guests
