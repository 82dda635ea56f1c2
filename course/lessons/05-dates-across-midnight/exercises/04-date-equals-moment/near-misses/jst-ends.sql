SELECT guest_id, registered_at_utc
FROM guests
WHERE NOT is_test
  AND registered_at_utc >= TIMESTAMP '2025-12-01 05:00'
  AND registered_at_utc < TIMESTAMP '2025-12-02 05:00'
ORDER BY registered_at_utc, guest_id
