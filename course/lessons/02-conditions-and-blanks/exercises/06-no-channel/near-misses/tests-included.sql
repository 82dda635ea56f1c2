SELECT guest_id, registered_at_utc
FROM guests
WHERE acquisition_channel IS NULL
ORDER BY registered_at_utc DESC, guest_id
LIMIT 20
