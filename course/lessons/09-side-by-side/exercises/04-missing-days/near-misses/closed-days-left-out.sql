WITH counted AS (
  SELECT CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date,
         COUNT(*) AS talks
  FROM talks AS t
  JOIN casts AS c ON c.cast_id = t.cast_id
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE c.area_code = 'NAGOYA'
    AND NOT g.is_test
  GROUP BY business_date
)
SELECT k.business_date, COALESCE(d.talks, 0) AS talks
FROM calendar AS k
LEFT JOIN counted AS d ON d.business_date = k.business_date
WHERE k.business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
  AND NOT k.is_closed
ORDER BY k.business_date
