SELECT COUNT(*) AS registered_guests
FROM guests
WHERE NOT is_test
  AND deleted_at_utc IS NULL
