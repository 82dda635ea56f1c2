-- December sales in yen, tax included; refunds are negative, so the sum is already net
SELECT SUM(p.amount_yen) AS sales_yen
FROM payments AS p
INNER JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
  AND p.status = 'succeeded'
  -- A business day begins at 05:00, so the month is cut at 05:00 on both sides
  AND p.paid_at_jst BETWEEN TIMESTAMP '2025-12-01 05:00' AND TIMESTAMP '2025-12-31 05:00'
