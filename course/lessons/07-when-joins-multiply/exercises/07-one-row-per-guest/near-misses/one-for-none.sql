SELECT g.guest_id,
       COUNT(*) AS talks,
       (SELECT COUNT(*) FROM talks AS tt JOIN messages AS m ON m.talk_id = tt.talk_id WHERE tt.guest_id = g.guest_id) AS messages,
       COALESCE((SELECT SUM(amount_yen) FROM payments AS p WHERE p.guest_id = g.guest_id AND p.status = 'succeeded'), 0) AS paid_yen
FROM guests AS g
LEFT JOIN talks AS t ON t.guest_id = g.guest_id
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
GROUP BY g.guest_id
ORDER BY g.guest_id
