WITH p AS (
  SELECT guest_id, SUM(amount_yen) AS paid FROM payments WHERE status = 'succeeded' GROUP BY guest_id
)
SELECT g.guest_id, COUNT(DISTINCT t.talk_id) AS talks, COUNT(m.message_id) AS messages, COALESCE(MAX(p.paid), 0) AS paid_yen
FROM guests AS g
LEFT JOIN talks AS t ON t.guest_id = g.guest_id
LEFT JOIN messages AS m ON m.talk_id = t.talk_id
LEFT JOIN p ON p.guest_id = g.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-11-30 20:00' AND g.registered_at_utc < TIMESTAMP '2025-12-07 20:00'
GROUP BY g.guest_id
ORDER BY g.guest_id
