WITH t AS (
  SELECT guest_id, COUNT(*) AS talk_count
  FROM talks
  GROUP BY guest_id
)
SELECT g.guest_id,
       COALESCE(t.talk_count, 0) AS talks
FROM guests AS g
LEFT JOIN t ON t.guest_id = g.guest_id
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
ORDER BY g.guest_id
