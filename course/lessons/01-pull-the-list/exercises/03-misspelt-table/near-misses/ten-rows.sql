SELECT guest_id, nickname
FROM guests
ORDER BY guest_id
LIMIT 10
