SELECT guest_id, registered_at_utc
FROM guests
ORDER BY verified_at_utc DESC, guest_id
LIMIT 10
