SELECT g.guest_id, g.nickname
FROM guests AS g
ORDER BY g.guest_id
LIMIT 5
