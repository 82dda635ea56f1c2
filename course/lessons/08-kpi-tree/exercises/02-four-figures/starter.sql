WITH paid AS (
  SELECT p.guest_id, p.kind, p.amount_yen
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.status = 'succeeded'
    AND CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
)
-- puu, purchases_per_guest, yen_per_purchase, sales_yen
