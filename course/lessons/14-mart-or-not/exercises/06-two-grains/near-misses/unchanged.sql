WITH asked AS (
  SELECT CAST(a.requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS business_date, a.area_code
  FROM appointments AS a
  JOIN guests AS g ON g.guest_id = a.guest_id
  WHERE NOT g.is_test
),
requests_by_day_area AS (
  SELECT k.business_date, r.area_code, COUNT(q.area_code) AS requests
  FROM calendar AS k
  CROSS JOIN areas AS r
  LEFT JOIN asked AS q ON q.business_date = k.business_date AND q.area_code = r.area_code
  WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
  GROUP BY k.business_date, r.area_code
),
paid AS (
  SELECT CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) AS business_date, p.amount_yen
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
),
sales_by_day AS (
  SELECT k.business_date, COALESCE(SUM(p.amount_yen), 0) AS sales_yen
  FROM calendar AS k
  LEFT JOIN paid AS p ON p.business_date = k.business_date
  WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
  GROUP BY k.business_date
)
SELECT r.business_date, SUM(r.requests) AS requests, SUM(s.sales_yen) AS sales_yen
FROM requests_by_day_area AS r
JOIN sales_by_day AS s ON s.business_date = r.business_date
GROUP BY r.business_date
ORDER BY r.business_date
