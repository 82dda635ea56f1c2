WITH paid AS (
  SELECT p.guest_id, p.kind, p.amount_yen
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
    AND p.kind = 'purchase'
    AND CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
)
SELECT COUNT(DISTINCT CASE WHEN kind = 'purchase' THEN guest_id END) AS puu,
       SUM(CASE WHEN kind = 'purchase' THEN 1 ELSE 0 END) * 1.0
         / COUNT(DISTINCT CASE WHEN kind = 'purchase' THEN guest_id END) AS purchases_per_guest,
       SUM(amount_yen) * 1.0 / SUM(CASE WHEN kind = 'purchase' THEN 1 ELSE 0 END) AS yen_per_purchase,
       SUM(amount_yen) AS sales_yen
FROM paid
