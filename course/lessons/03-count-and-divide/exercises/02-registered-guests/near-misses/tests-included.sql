SELECT COUNT(*) AS registered_guests
FROM guests
