SELECT COUNT(*) AS guests, COUNT(verified_at_utc) AS verified
FROM (VALUES (1, TIMESTAMP '2025-11-30 21:00', TIMESTAMP '2025-12-01 02:00', FALSE),
             (2, TIMESTAMP '2025-12-10 03:00', NULL, FALSE),
             (3, TIMESTAMP '2025-12-20 03:00', TIMESTAMP '2026-01-03 03:00', FALSE),
             (4, TIMESTAMP '2025-12-31 21:00', TIMESTAMP '2025-12-31 22:00', FALSE),
             (5, TIMESTAMP '2025-12-15 03:00', TIMESTAMP '2025-12-15 04:00', TRUE)) AS g(guest_id, registered_at_utc, verified_at_utc, is_test)
WHERE NOT is_test
  AND registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
  AND registered_at_utc < TIMESTAMP '2025-12-31 20:00'
