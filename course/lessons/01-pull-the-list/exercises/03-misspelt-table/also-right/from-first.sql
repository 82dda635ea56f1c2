FROM guests
SELECT guest_id, nickname
ORDER BY guest_id
LIMIT 5
