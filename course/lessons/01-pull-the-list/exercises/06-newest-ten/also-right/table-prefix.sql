SELECT guests.guest_id, guests.registered_at_utc
FROM guests
ORDER BY guests.registered_at_utc DESC, guests.guest_id ASC
LIMIT 10
