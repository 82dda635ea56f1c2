SELECT guest_id, registered_at_utc
FROM guests
ORDER BY registered_at_utc ASC, guest_id
LIMIT 10
