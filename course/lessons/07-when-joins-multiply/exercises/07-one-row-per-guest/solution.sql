WITH t AS (
  SELECT guest_id, COUNT(*) AS talk_count
  FROM talks
  GROUP BY guest_id
),
m AS (
  SELECT t.guest_id, COUNT(*) AS message_count
  FROM talks AS t
  JOIN messages AS m ON m.talk_id = t.talk_id
  GROUP BY t.guest_id
),
p AS (
  SELECT guest_id, SUM(amount_yen) AS paid
  FROM payments
  WHERE status = 'succeeded'
  GROUP BY guest_id
)
SELECT g.guest_id,
       COALESCE(t.talk_count, 0) AS talks,
       COALESCE(m.message_count, 0) AS messages,
       COALESCE(p.paid, 0) AS paid_yen
FROM guests AS g
LEFT JOIN t ON t.guest_id = g.guest_id
LEFT JOIN m ON m.guest_id = g.guest_id
LEFT JOIN p ON p.guest_id = g.guest_id
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
ORDER BY g.guest_id
