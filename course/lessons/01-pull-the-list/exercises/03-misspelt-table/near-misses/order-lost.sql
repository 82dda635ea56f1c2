SELECT guest_id, nickname
FROM guests
LIMIT 5
