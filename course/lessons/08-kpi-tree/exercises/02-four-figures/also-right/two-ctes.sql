WITH paid AS (
  SELECT p.*
  FROM payments AS p JOIN guests AS g USING (guest_id)
  WHERE g.is_test = FALSE AND p.status = 'succeeded'
    AND CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
),
bought AS (SELECT COUNT(DISTINCT guest_id) AS puu, COUNT(*) AS purchases FROM paid WHERE kind = 'purchase'),
earned AS (SELECT SUM(amount_yen) AS sales FROM paid)
SELECT puu, purchases / puu, sales / purchases, sales
FROM bought CROSS JOIN earned
