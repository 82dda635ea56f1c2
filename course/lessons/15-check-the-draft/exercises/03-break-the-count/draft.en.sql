-- Step 1: keep the successful purchases of December (test accounts are excluded)
WITH december_purchases AS (
  SELECT p.payment_id, p.guest_id
  FROM payments AS p
  JOIN guests AS g ON g.guest_id = p.guest_id
  WHERE NOT g.is_test
    AND p.kind = 'purchase'
    AND p.status = 'succeeded'
    AND p.paid_at_jst >= TIMESTAMP '2025-12-01 05:00'
    AND p.paid_at_jst < TIMESTAMP '2026-01-01 05:00'
)
-- Step 2: count the paying users (PUU)
SELECT COUNT(guest_id) AS puu
FROM december_purchases
