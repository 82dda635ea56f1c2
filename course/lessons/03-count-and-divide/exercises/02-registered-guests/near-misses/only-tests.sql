SELECT COUNT(*) AS registered_guests
FROM guests
WHERE is_test
