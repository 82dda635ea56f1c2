SELECT guest_id, registered_at
FROM guests
ORDER BY guest_id
LIMIT 5
