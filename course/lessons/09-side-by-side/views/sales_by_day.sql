WITH paid AS (
  SELECT CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) AS business_date,
         SUM(p.amount_yen) AS sales_yen
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
  GROUP BY business_date
)
SELECT k.business_date, COALESCE(p.sales_yen, 0) AS sales_yen
FROM calendar AS k
LEFT JOIN paid AS p ON p.business_date = k.business_date
WHERE k.business_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
