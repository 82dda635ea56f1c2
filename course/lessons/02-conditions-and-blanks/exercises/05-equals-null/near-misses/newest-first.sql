SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture IS NULL
  AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id
LIMIT 20
