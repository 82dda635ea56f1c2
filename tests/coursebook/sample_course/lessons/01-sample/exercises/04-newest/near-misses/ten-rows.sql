SELECT guest_id, registered_at
FROM guests
ORDER BY registered_at DESC, guest_id
LIMIT 10
