SELECT guest_id, registered_at_utc
FROM guests
ORDER BY guest_id
LIMIT 5
