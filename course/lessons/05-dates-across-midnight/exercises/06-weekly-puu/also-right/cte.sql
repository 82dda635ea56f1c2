WITH p AS (
  SELECT guest_id, CAST(paid_at_jst - INTERVAL 5 HOUR AS DATE) AS d
  FROM payments
  WHERE kind = 'purchase' AND status = 'succeeded'
)
SELECT d - (EXTRACT(isodow FROM d)::INT - 1) AS week_start, COUNT(DISTINCT guest_id) AS puu
FROM p
WHERE d >= DATE '2025-10-06' AND d < DATE '2025-12-29'
GROUP BY 1
ORDER BY 1
