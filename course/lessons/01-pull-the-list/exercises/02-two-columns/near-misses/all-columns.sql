SELECT *
FROM guests
ORDER BY guest_id
LIMIT 5
