SELECT COUNT(email) AS registered_guests
FROM guests
WHERE NOT is_test
