SELECT guest_id, registered_at_utc
FROM guests
WHERE NOT (prefecture IS NOT NULL) AND is_test = FALSE
ORDER BY guest_id
LIMIT 20
