SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture IS NOT NULL
  AND NOT is_test
ORDER BY guest_id
LIMIT 20
