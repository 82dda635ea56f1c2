SELECT guest_id, verified_at_utc
FROM guests
ORDER BY guest_id
LIMIT 5
