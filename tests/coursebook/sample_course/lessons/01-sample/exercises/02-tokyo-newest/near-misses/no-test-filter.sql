SELECT guest_id, registered_at FROM guests
WHERE prefecture = '東京都'
ORDER BY registered_at DESC, guest_id LIMIT 10
