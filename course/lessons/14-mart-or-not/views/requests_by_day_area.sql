WITH asked AS (
  SELECT CAST(a.requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date, a.area_code
  FROM appointments AS a
  JOIN guests AS g ON g.guest_id = a.guest_id
  WHERE NOT g.is_test
)
SELECT k.business_date, r.area_code, COUNT(q.area_code) AS requests
FROM calendar AS k
CROSS JOIN areas AS r
LEFT JOIN asked AS q ON q.business_date = k.business_date AND q.area_code = r.area_code
WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
GROUP BY k.business_date, r.area_code
