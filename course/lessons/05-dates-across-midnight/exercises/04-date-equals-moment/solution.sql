SELECT guest_id, registered_at_utc
FROM guests
WHERE NOT is_test
  AND CAST(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) = DATE '2025-12-01'
ORDER BY registered_at_utc, guest_id
