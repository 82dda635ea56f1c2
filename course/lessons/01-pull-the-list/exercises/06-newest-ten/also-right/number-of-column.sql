SELECT guest_id, registered_at_utc
FROM guests
ORDER BY 2 DESC, guest_id
LIMIT 10
