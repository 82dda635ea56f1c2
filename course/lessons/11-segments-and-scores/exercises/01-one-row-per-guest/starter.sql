-- WITH numbered AS (…), visits AS (…),
bought AS (
  SELECT guest_id, COUNT(*) AS purchases
  FROM payments
  WHERE kind = 'purchase' AND status = 'succeeded'
  GROUP BY guest_id
)
SELECT g.guest_id, a.area_code AS favourite_area, v.last_visit_at_utc, COALESCE(b.purchases, 0) AS purchases
FROM guests AS g
LEFT JOIN numbered AS a ON a.guest_id = g.guest_id AND a.n = 1
LEFT JOIN visits AS v ON v.guest_id = g.guest_id
LEFT JOIN bought AS b ON b.guest_id = g.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-10-31 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-11-30 20:00'
ORDER BY g.guest_id
