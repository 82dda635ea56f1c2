SELECT guest_id, registered_at_utc
FROM guests
WHERE NOT is_test
  AND registered_at_utc = '2025-12-01'
ORDER BY registered_at_utc, guest_id
