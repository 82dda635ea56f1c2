SELECT guest_id, registered_at_utc
FROM guests
WHERE NOT is_test
  AND registered_at_utc BETWEEN TIMESTAMP '2025-11-30 20:00' AND TIMESTAMP '2025-12-01 20:00'
ORDER BY registered_at_utc, guest_id
