SELECT t.guest_id, t.talk_id, t.cast_id, t.opened_at_utc
FROM talks AS t
JOIN guests AS g USING (guest_id)
WHERE NOT g.is_test
  AND CAST(g.registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'
QUALIFY ROW_NUMBER() OVER (PARTITION BY t.guest_id ORDER BY t.opened_at_utc, t.talk_id) = 1
ORDER BY t.guest_id
