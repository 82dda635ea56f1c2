SELECT guest_id, nickname
FROM gests
ORDER BY guest_id
LIMIT 5
