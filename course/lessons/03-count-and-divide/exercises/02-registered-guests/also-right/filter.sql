SELECT COUNT(*) FILTER (WHERE NOT is_test) AS registered_guests
FROM guests
