SELECT g.guest_id,
       (SELECT COUNT(*) FROM talks AS t WHERE t.guest_id = g.guest_id) AS talks,
       (SELECT COUNT(*) FROM talks AS t JOIN messages AS m ON m.talk_id = t.talk_id WHERE t.guest_id = g.guest_id) AS messages,
       COALESCE((SELECT SUM(amount_yen) FROM payments AS p WHERE p.guest_id = g.guest_id AND p.status = 'succeeded'), 0) AS paid_yen
FROM guests AS g
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
ORDER BY g.guest_id
