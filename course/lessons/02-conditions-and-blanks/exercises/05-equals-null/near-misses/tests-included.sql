SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture IS NULL
ORDER BY guest_id
LIMIT 20
