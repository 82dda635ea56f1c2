SELECT COUNT(DISTINCT guest_id) AS registered_guests
FROM guests
WHERE is_test = FALSE
