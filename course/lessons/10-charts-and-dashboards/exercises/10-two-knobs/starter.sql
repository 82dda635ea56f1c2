WITH params AS (
  SELECT DATE '{{ starts_on }}' AS starts_on, '{{ area }}' AS area_code
),
counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  JOIN casts AS c ON c.cast_id = t.cast_id
  WHERE NOT g.is_test
  GROUP BY business_date
)
-- business_date, talks, guests
