SELECT g.guest_id, g.registered_at_utc AS registered_at
FROM guests AS g
ORDER BY g.guest_id ASC
LIMIT 5
