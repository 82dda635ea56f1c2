WITH params AS (
  SELECT DATE '{{ starts_on }}' AS starts_on, '{{ area }}' AS area_code
),
days AS (
  SELECT CAST(p.starts_on + n.d * INTERVAL 1 DAY AS DATE) AS business_date, p.area_code
  FROM params AS p
  CROSS JOIN (SELECT UNNEST(range(14)) AS d) AS n
)
SELECT d.business_date,
       COUNT(t.talk_id) AS talks,
       COUNT(DISTINCT t.guest_id) AS guests
FROM days AS d
LEFT JOIN (talks AS t
           JOIN casts AS c ON c.cast_id = t.cast_id
           JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test)
  ON CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) = d.business_date AND c.area_code = d.area_code
GROUP BY d.business_date
ORDER BY d.business_date
