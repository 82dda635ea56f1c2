SELECT guest_id, registered_at FROM guests
WHERE prefecture = "東京都" AND NOT is_test
ORDER BY registered_at DESC, guest_id LIMIT 10
