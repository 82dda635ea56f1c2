SELECT COUNT(CASE WHEN NOT is_test THEN guest_id END) AS registered_guests
FROM guests
