SELECT COUNT(*) AS guests, COUNT(verified_at_utc) AS verified
FROM guests
WHERE NOT is_test
  AND registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND registered_at_utc < TIMESTAMP '2025-12-31 20:00'
