SELECT g.guest_id,
       COUNT(DISTINCT t.talk_id) AS talks,
       COUNT(DISTINCT m.message_id) AS messages,
       COALESCE(SUM(p.amount_yen), 0) AS paid_yen
FROM guests AS g
LEFT JOIN talks AS t ON t.guest_id = g.guest_id
LEFT JOIN messages AS m ON m.talk_id = t.talk_id
LEFT JOIN payments AS p ON p.guest_id = g.guest_id AND p.status = 'succeeded'
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
GROUP BY g.guest_id
ORDER BY g.guest_id
