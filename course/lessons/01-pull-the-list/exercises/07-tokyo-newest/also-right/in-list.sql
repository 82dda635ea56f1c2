SELECT g.guest_id, g.registered_at_utc
FROM guests AS g
WHERE NOT g.is_test AND g.prefecture IN ('東京都')
ORDER BY g.registered_at_utc DESC, g.guest_id
LIMIT 10
