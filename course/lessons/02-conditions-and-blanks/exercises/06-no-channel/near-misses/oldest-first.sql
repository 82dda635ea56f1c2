SELECT guest_id, registered_at_utc
FROM guests
WHERE acquisition_channel IS NULL
  AND NOT is_test
ORDER BY registered_at_utc, guest_id
LIMIT 20
