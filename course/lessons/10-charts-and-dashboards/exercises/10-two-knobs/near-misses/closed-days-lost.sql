WITH params AS (
  SELECT DATE '{{ starts_on }}' AS starts_on, '{{ area }}' AS area_code
),
counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks,
         COUNT(DISTINCT t.guest_id) AS guests
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  JOIN casts AS c ON c.cast_id = t.cast_id
  JOIN params AS p ON p.area_code = c.area_code
  WHERE NOT g.is_test
  GROUP BY business_date
)
SELECT k.business_date,
       COALESCE(d.talks, 0) AS talks,
       COALESCE(d.guests, 0) AS guests
FROM params AS p
JOIN calendar AS k ON k.business_date >= p.starts_on AND k.business_date < p.starts_on + INTERVAL 14 DAY
LEFT JOIN counted AS d ON d.business_date = k.business_date
WHERE NOT k.is_closed
ORDER BY k.business_date
