CREATE OR REPLACE VIEW my.talks_by_day_area AS
WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         c.area_code,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
    AND NOT c.is_test
  GROUP BY business_date, c.area_code
)
SELECT business_date, area_code, talks
FROM counted AS k
WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
