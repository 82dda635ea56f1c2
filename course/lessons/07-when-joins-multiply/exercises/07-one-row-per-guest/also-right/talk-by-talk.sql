WITH per_talk AS (
  SELECT t.talk_id, t.guest_id, COUNT(m.message_id) AS n
  FROM talks AS t LEFT JOIN messages AS m ON m.talk_id = t.talk_id
  GROUP BY t.talk_id, t.guest_id
),
t AS (SELECT guest_id, COUNT(*) AS talk_count, SUM(n) AS message_count FROM per_talk GROUP BY guest_id),
p AS (SELECT guest_id, SUM(CASE WHEN status = 'succeeded' THEN amount_yen ELSE 0 END) AS paid FROM payments GROUP BY guest_id)
SELECT g.guest_id, COALESCE(t.talk_count, 0) AS talks, COALESCE(t.message_count, 0) AS messages, COALESCE(p.paid, 0) AS paid_yen
FROM guests AS g
LEFT JOIN t USING (guest_id)
LEFT JOIN p USING (guest_id)
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-07'
ORDER BY guest_id
